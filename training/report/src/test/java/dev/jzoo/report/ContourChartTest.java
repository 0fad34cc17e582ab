package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ContourChartTest {

    private static final Pattern POINT = Pattern.compile("[ML](-?[0-9.]+) (-?[0-9.]+)");

    private static ContourChart bowl() {
        return ContourChart.of("u", "v").x(-2, 2).y(-2, 2).surface("loss", (x, y) -> x * x + y * y);
    }

    @Test
    void contoursOfABowlAreCircles() {
        double[][] values = new double[41][41];
        for (int row = 0; row < 41; row++) {
            for (int column = 0; column < 41; column++) {
                values[row][column] = Math.hypot(row - 20, column - 20);
            }
        }
        Matcher points = POINT.matcher(new Contours(values).path(12.3, x -> x - 20, y -> y - 20));
        int count = 0;
        for (; points.find(); count++) {
            double radius = Math.hypot(Double.parseDouble(points.group(1)), Double.parseDouble(points.group(2)));
            assertEquals(12.3, radius, 0.05);
        }
        assertTrue(count > 100, "points: " + count);
    }

    @Test
    void everyPieceOfAContourMeetsTwoOthers() {
        // A saddle has cells with four crossings.
        double[][] values = new double[20][20];
        for (int row = 0; row < 20; row++) {
            for (int column = 0; column < 20; column++) {
                values[row][column] = Math.sin(row * 0.9) * Math.cos(column * 1.1);
            }
        }
        Matcher points = POINT.matcher(new Contours(values).path(0.003, x -> x, y -> y));
        Map<String, Integer> ends = new HashMap<>();
        while (points.find()) {
            double x = Double.parseDouble(points.group(1));
            double y = Double.parseDouble(points.group(2));
            if (x > 0 && y > 0 && x < 19 && y < 19) {
                ends.merge(points.group(), 1, Integer::sum);
            }
        }
        Map<String, Integer> places = new HashMap<>();
        ends.forEach((point, count) -> places.merge(point.substring(1), count, Integer::sum));
        assertTrue(places.size() > 100);
        places.forEach((place, count) -> assertEquals(2, count, "pieces at " + place));
    }

    @Test
    void aPathIsDrawnInsideTheRangesOnly() throws Exception {
        Figure figure = bowl().path(Role.TRAIN, "descent", new double[] {-4, 0, 1}, new double[] {0, 0, 1})
                .figure("c");
        List<Element> paths = Xml.elements(Xml.parse(figure.svg()), "path");
        String path = paths.get(paths.size() - 1).getAttribute("d");
        Matcher points = POINT.matcher(path);
        assertTrue(points.find());
        Element frame = Xml.elements(Xml.parse(figure.svg()), "image").get(0);
        double left = Double.parseDouble(frame.getAttribute("x"));
        assertEquals(left, Double.parseDouble(points.group(1)), 0.02, "the step enters at the left edge");
        List<String> radii = Xml.elements(Xml.parse(figure.svg()), "circle").stream()
                .map(circle -> circle.getAttribute("r"))
                .toList();
        assertEquals(
                List.of("3.2", "3.2", "3.2", "6.5"), radii, "the legend's, two steps inside, and the ring of the end");
    }

    @Test
    void aDescriptionTellsTheRangeAndWhereThePathsLead() {
        Figure figure = bowl().path("descent", new double[] {1, 0.5}, new double[] {1, 0.5})
                .figure("c");
        assertTrue(
                figure.description().startsWith("Contour chart of loss over u and v, from 0.00"), figure.description());
        assertTrue(
                figure.description().endsWith("to 8. descent: 1 step from (1, 1) at 2 to (0.5, 0.5) at 0.5."),
                figure.description());
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> ContourChart.of("u", "v").figure("c"));
        assertThrows(IllegalArgumentException.class, () -> bowl().x(1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> bowl().surface("z", (x, y) -> x).levels(Scale.LOG).figure("c"));
        double[] two = {1, 2};
        assertThrows(IllegalArgumentException.class, () -> bowl().path("p", two, new double[1]));
        assertThrows(IllegalArgumentException.class, () -> bowl().path("p", two, new double[] {1, Double.NaN}));
    }
}
