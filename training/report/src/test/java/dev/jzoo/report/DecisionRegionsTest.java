package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.training.testing.ChartReader;
import dev.jzoo.training.testing.Xml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class DecisionRegionsTest {

    private static DecisionRegions halves() {
        return DecisionRegions.of("u", "v", List.of("left", "right"))
                .x(-2, 2)
                .y(0, 1)
                .classifier((x, y) -> x < -1 ? 0 : 1);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void theRegionsCoverTheAreaInTheirShares() throws Exception {
        double[] areas = new double[2];
        for (Element tile : Xml.elements(Xml.parse(halves().figure("c").svg()), "rect")) {
            Element colour = (Element) tile.getParentNode().getParentNode();
            areas[colour.getAttribute("class").equals("jz-orange") ? 0 : 1] +=
                    number(tile, "width") * number(tile, "height");
        }
        assertEquals(3, areas[1] / areas[0], 0.01, "the border is at a quarter of the width");
    }

    @Test
    void marksOutsideTheRangesAreNotDrawnAndMistakesAreCounted() throws Exception {
        Figure figure = halves().examples(0, new double[] {-1.5, 1.5, 5}, new double[] {0.5, 0.5, 0.5})
                .figure("c");
        assertEquals(2, Xml.elements(Xml.parse(figure.svg()), "circle").size() - 1, "one is the legend's");
        assertEquals(
                "Decision regions over u and v: left 25 %, right 75 % of the area. 3 examples, 2 in a region of another"
                        + " class.",
                figure.description());
        assertEquals(
                Map.of("left", "orange", "right", "sky"),
                ChartReader.charts(figure.svg()).get(0).legend());
        assertFalse(figure.svg().contains("jz-blue") || figure.svg().contains("jz-vermillion"));
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        double[] one = {0};
        assertThrows(IllegalArgumentException.class, () -> DecisionRegions.of("u", "v", List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> halves().examples(2, one, one));
        assertThrows(IllegalArgumentException.class, () -> halves().examples(0, one, new double[2]));
        assertThrows(IllegalArgumentException.class, () -> halves().examples(0, one, new double[] {Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> halves().classifier((x, y) -> 2)
                .figure("c"));
        assertThrows(IllegalArgumentException.class, () -> DecisionRegions.of("u", "v", List.of("a", "b"))
                .figure("c"));
    }
}
