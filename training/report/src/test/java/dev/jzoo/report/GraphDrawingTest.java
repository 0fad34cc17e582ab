package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class GraphDrawingTest {

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static GraphDrawing product() {
        return GraphDrawing.empty()
                .node("a", "a", "value 2", "gradient 3")
                .node("b", "b", "value 3", "gradient 2")
                .node("c", "×", "value 6", "")
                .edge("a", "c")
                .edge("b", "c");
    }

    @Test
    void randomGraphsHaveArrowsToTheRightAndNoBoxesThatOverlap() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            GraphDrawing graph = GraphDrawing.empty();
            int size = 5 + random.nextInt(56);
            for (int i = 0; i < size; i++) {
                graph.node("n" + i, "n" + i, "value " + i, "gradient " + i);
                for (int j = 0; j < 2 && i > 0; j++) {
                    graph.edge("n" + random.nextInt(i), "n" + i);
                }
            }
            Figure figure = graph.figure("c");
            List<Element> boxes = Xml.elements(Xml.parse(figure.svg()), "rect");
            assertEquals(size, boxes.size());
            Element svg = Xml.parse(figure.svg()).getDocumentElement();
            for (Element one : boxes) {
                assertTrue(number(one, "x") >= 0 && number(one, "y") >= 0);
                assertTrue(number(one, "x") + number(one, "width") <= number(svg, "width"));
                assertTrue(number(one, "y") + number(one, "height") <= number(svg, "height"));
                for (Element other : boxes) {
                    assertTrue(
                            one == other || apart(one, other, "x", "width") || apart(one, other, "y", "height"),
                            "seed " + seed);
                }
            }
            for (Element arrow : Xml.elements(Xml.parse(figure.svg()), "path")) {
                if (arrow.getAttribute("d").contains("C")) {
                    String[] points = arrow.getAttribute("d").substring(1).split(" C?");
                    double from = Double.parseDouble(points[0]);
                    double to = Double.parseDouble(points[points.length - 2]);
                    assertTrue(from < to, "seed " + seed + ": " + arrow.getAttribute("d"));
                }
            }
        }
    }

    private static boolean apart(Element one, Element other, String place, String size) {
        return number(one, place) + number(one, size) <= number(other, place)
                || number(other, place) + number(other, size) <= number(one, place);
    }

    @Test
    void theOrderInALayerAvoidsCrossings() {
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        List.of("a", "b", "c").forEach(id -> inputs.put(id, new ArrayList<>()));
        inputs.put("of c", List.of("c"));
        inputs.put("of b", List.of("b"));
        inputs.put("of a", List.of("a"));
        GraphLayout layout = GraphLayout.of(inputs);
        for (String id : List.of("a", "b", "c")) {
            assertEquals(layout.row(id), layout.row("of " + id));
        }
    }

    @Test
    void aDescriptionListsTheNodesWithTheirInputs() {
        assertEquals(
                "Graph of 3 nodes. a, value 2, gradient 3. b, value 3, gradient 2. ×, value 6; from a, b.",
                product().figure("c").description());
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> GraphDrawing.empty().figure("c"));
        assertThrows(IllegalArgumentException.class, () -> product().node("a", "again", "", ""));
        assertThrows(IllegalArgumentException.class, () -> product().edge("a", "z"));
        var circle = assertThrows(
                IllegalArgumentException.class, () -> product().edge("c", "a").figure("c"));
        assertTrue(circle.getMessage().contains("[a, c]"), circle.getMessage());
    }
}
