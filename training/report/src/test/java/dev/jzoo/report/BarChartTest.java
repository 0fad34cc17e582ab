package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.training.testing.Xml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarChartTest {

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void barsStartAtZeroAndAreAsLongAsTheirValues() throws Exception {
        Figure figure = BarChart.of("change").bar("up", 30).bar("down", -10).figure("c");
        List<Element> bars = Xml.elements(Xml.parse(figure.svg()), "rect");
        assertEquals(3, number(bars.get(0), "width") / number(bars.get(1), "width"), 0.01);
        assertEquals(number(bars.get(0), "x"), number(bars.get(1), "x") + number(bars.get(1), "width"), 0.02);
    }

    @Test
    void whiskersReachFromTheLowerToTheHigherValue() throws Exception {
        Figure figure = BarChart.of("accuracy [%]").bar("SGD", 50, 40, 60).figure("c");
        Element bar = Xml.elements(Xml.parse(figure.svg()), "rect").get(0);
        double perUnit = number(bar, "width") / 50;
        Element whisker = Xml.elements(Xml.parse(figure.svg()), "line").stream()
                .filter(line -> line.getAttribute("y1").equals(line.getAttribute("y2")))
                .findFirst()
                .orElseThrow();
        assertEquals(number(bar, "x") + 40 * perUnit, number(whisker, "x1"), 0.03);
        assertEquals(number(bar, "x") + 60 * perUnit, number(whisker, "x2"), 0.03);
        assertEquals("Bar chart of accuracy [%]. SGD: 50, between 40 and 60.", figure.description());
    }

    @Test
    void labelsStandBesideTheirBars() throws Exception {
        Figure figure =
                BarChart.of("loss").bar(Role.TEST, "a & b", 1).bar("c", 2).figure("c");
        List<String> texts = Xml.texts(Xml.parse(figure.svg()), "text");
        assertEquals(List.of("a & b", "1", "c", "2"), texts.subList(texts.size() - 4, texts.size()));
        assertEquals(1, figure.svg().split("jz-vermillion", -1).length - 1);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BarChart.of("loss").figure("c"));
        assertThrows(IllegalArgumentException.class, () -> BarChart.of("loss").bar(" ", 1));
        assertThrows(IllegalArgumentException.class, () -> BarChart.of("loss").bar("a", Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> BarChart.of("loss").bar("a", 1, 2, 3));
    }
}
