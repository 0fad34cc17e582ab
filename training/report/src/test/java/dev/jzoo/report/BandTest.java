package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.ChartReader;
import dev.jzoo.training.testing.Xml;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BandTest {

    private static final double[][] RUNS = {{4, 2}, {8, 0}, {6, 4}};

    @Test
    void theBandReachesFromTheLowestToTheHighestRunAroundTheMean() throws Exception {
        Figure figure =
                LineChart.ofEpochs("loss").runs(Role.TRAIN, "train", RUNS).figure("c");
        List<Element> paths = Xml.elements(Xml.parse(figure.svg()), "path");
        Element band = paths.stream()
                .filter(path -> path.hasAttribute("fill-opacity"))
                .findFirst()
                .orElseThrow();
        double[] corners = Arrays.stream(band.getAttribute("d").split("[^0-9.]+"))
                .filter(text -> !text.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
        // The axis reaches from 0 to 8, so these heights are known shares of it.
        double top = corners[1];
        double bottom = corners[5];
        assertEquals(8, corners.length);
        assertEquals((top + bottom) / 2, corners[3], 0.02, "highest at the end: 4");
        assertEquals((top + bottom) / 2, corners[7], 0.02, "lowest at the start: 4");
        double[] marks = Xml.elements(Xml.parse(figure.svg()), "circle").stream()
                .skip(1)
                .mapToDouble(circle -> Double.parseDouble(circle.getAttribute("cy")))
                .toArray();
        assertEquals(bottom + (top - bottom) * 6 / 8, marks[0], 0.02, "mean at the start: 6");
        assertEquals(bottom + (top - bottom) * 2 / 8, marks[1], 0.02, "mean at the end: 2");
        assertEquals(
                Map.of("train", "blue"), ChartReader.charts(figure.svg()).get(0).legend());
    }

    @Test
    void aDescriptionTellsTheSpreadOfTheRuns() {
        assertEquals(
                "Line chart of loss over epoch. seeds: from 6 to 2, lowest 2, highest 6, the mean of 3 runs, which end"
                        + " between 0 and 4.",
                LineChart.ofEpochs("loss").runs("seeds", RUNS).figure("c").description());
    }

    @Test
    void runsThatCannotBeDrawnAreRefused() {
        LineChart chart = LineChart.ofEpochs("loss");
        assertThrows(IllegalArgumentException.class, () -> chart.runs("one", new double[][] {{1, 2}}));
        assertThrows(IllegalArgumentException.class, () -> chart.runs("none", new double[0][]));
        var lengths =
                assertThrows(IllegalArgumentException.class, () -> chart.runs("two", new double[][] {{1, 2}, {1}}));
        assertTrue(lengths.getMessage().contains("[2, 1]"), lengths.getMessage());
        assertThrows(IllegalArgumentException.class, () -> chart.runs("nan", new double[][] {{Double.NaN}, {1}}));
        assertThrows(IllegalArgumentException.class, () -> LineChart.ofEpochs("loss")
                .yScale(Scale.LOG)
                .runs("zero", RUNS)
                .figure("c"));
    }
}
