package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class FigureTest {

    private static final double[] LOSS = {0.6, 0.4, 0.3};
    private static final YearMonth START = YearMonth.of(1949, 1);

    @Test
    void aLinePassesThroughItsPointsInEqualStepsOfX() throws Exception {
        Figure figure = LineChart.of("epoch", "loss")
                .line("train", new double[] {0, 10, 5})
                .figure("c");
        List<double[]> marks = Xml.elements(Xml.parse(figure.svg()), "circle").stream()
                .map(c -> new double[] {number(c, "cx"), number(c, "cy")})
                .skip(1) // the first is the legend's
                .toList();
        assertEquals(3, marks.size());
        assertEquals(marks.get(1)[0] - marks.get(0)[0], marks.get(2)[0] - marks.get(1)[0], 0.02);
        assertTrue(marks.get(1)[1] < marks.get(0)[1], "a larger value is higher up");
        assertEquals((marks.get(0)[1] + marks.get(1)[1]) / 2, marks.get(2)[1], 0.02);
    }

    @Test
    void onALogarithmicAxisEqualRatiosAreEquallyFarApart() throws Exception {
        Figure figure = LineChart.of("epoch", "loss")
                .yScale(Scale.LOG)
                .line("train", new double[] {1, 0.1, 0.01})
                .figure("c");
        double[] y = Xml.elements(Xml.parse(figure.svg()), "circle").stream()
                .skip(1)
                .mapToDouble(c -> number(c, "cy"))
                .toArray();
        assertEquals(y[1] - y[0], y[2] - y[1], 0.02);
    }

    @Test
    void aDescriptionTellsWhatTheLinesDo() {
        Figure figure = LineChart.of("epoch", "loss")
                .line("train", LOSS)
                .level("course", 0.25)
                .figure("c");
        assertEquals(
                "Line chart of loss over epoch. train: from 0.6 to 0.3, lowest 0.3, highest 0.6; course: level at 0.25.",
                figure.description());
    }

    @Test
    void nullAndEmptyLinesAreRefused() {
        LineChart chart = LineChart.of("epoch", "loss");
        assertThrows(NullPointerException.class, () -> chart.line("train", null));
        assertThrows(NullPointerException.class, () -> chart.line(null, LOSS));
        assertThrows(NullPointerException.class, () -> LineChart.of("epoch", null));
        refused("'train' has 0 x and 0 y", () -> chart.line("train", new double[0]));
        refused("The name of a line must not be blank", () -> chart.line(" ", LOSS));
        refused("has no line", () -> chart.figure("c"));
        refused("has no line", () -> chart.level("course", 1));
    }

    @Test
    void valuesThatCannotBeDrawnAreRefusedNamingLineAndIndex() {
        LineChart chart = LineChart.of("step", "loss");
        refused("'train' has the point (1.0, NaN) at index 1", () -> chart.line("train", new double[] {1, Double.NaN}));
        refused("goes back from x = 2.0 to 1.0 at index 1", () -> chart.line("a", new double[] {2, 1}, new double[2]));
        refused("'zero' has the value 0.0", () -> LineChart.of("step", "loss")
                .yScale(Scale.LOG)
                .line("zero", new double[] {1, 0})
                .figure("c"));
        refused("caption", () -> LineChart.of("step", "loss").line("a", LOSS).figure(""));
    }

    @Test
    void oddSeriesStillGiveWellFormedDrawings() throws Exception {
        for (double[] y : new double[][] {{0}, {5, 5, 5}, {-3, 1e-9}, {1e12, 3e12}, {-1e-7, 2e-7}, {1e300, -1e300}}) {
            String svg = LineChart.of("x", "y").line("l", y).figure("c").svg();
            Xml.parse(svg);
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"), () -> Arrays.toString(y) + " " + svg);
        }
    }

    @Test
    void confusionMatrixShowsCountsAndRowPercentages() throws Exception {
        long[][] counts = {{90, 10}, {0, 1200}};
        Figure figure = ConfusionMatrix.of(List.of("cat", "dog"), counts).figure("c");
        List<String> texts = Xml.texts(Xml.parse(figure.svg()), "text");
        assertTrue(texts.containsAll(List.of("90", "90.0 %", "10", "10.0 %", "1,200", "100.0 %")), texts::toString);
        assertFalse(texts.contains("0"), "an empty cell stays empty");
        assertEquals(
                "Confusion matrix of 2 classes: 1,290 of 1,300 right. Most frequent mistake: cat predicted as dog, 10 times.",
                figure.description());
    }

    @Test
    void confusionMatrixOfManyClassesIsDrawnWithoutNumbers() throws Exception {
        List<String> labels = IntStream.range(0, 65).mapToObj(i -> "class " + i).toList();
        Figure figure = ConfusionMatrix.of(labels, new long[65][65]).figure("c");
        assertEquals(65 * 65, Xml.elements(Xml.parse(figure.svg()), "rect").size());
        double width = number(Xml.parse(figure.svg()).getDocumentElement(), "width");
        assertTrue(width < 1000, () -> "width " + width);
    }

    @Test
    void confusionMatrixThatIsNotSquareIsRefused() {
        refused("must have the same number of rows", () -> ConfusionMatrix.of(List.of("a", "b"), new long[1][2]));
        refused("Row 'b'", () -> ConfusionMatrix.of(List.of("a", "b"), new long[][] {{1, 2}, {3}}));
        refused("Row 'a'", () -> ConfusionMatrix.of(List.of("a"), new long[][] {{-1}}));
        refused("must have the same number of rows", () -> ConfusionMatrix.of(List.of(), new long[0][]));
    }

    @Test
    void forecastChartWritesYearsAndTellsMonths() throws Exception {
        Figure figure = ForecastChart.ofMonths("passengers", START, new double[144])
                .forecast("LSTM", 97, new double[] {300, 310})
                .future("next", 144, new double[] {400})
                .split(96)
                .figure("c");
        List<String> texts = Xml.texts(Xml.parse(figure.svg()), "text");
        assertTrue(texts.containsAll(List.of("1949", "1961", "← train", "test →")), texts::toString);
        assertTrue(
                figure.description().contains("truth from 1949-01 to 1960-12, between 0 and 0"), figure.description());
        assertTrue(figure.description().endsWith("The test part starts with 1957-01."), figure.description());
        refused("'truth' has 0 x", () -> ForecastChart.ofMonths("passengers", START, new double[0]));
    }

    @Test
    void aForecastWithoutMonthsIsDrawnByStep() throws Exception {
        Figure figure = ForecastChart.ofSteps("value", 650, new double[350])
                .forecast("network", 100, new double[250])
                .split(100)
                .figure("c");
        List<String> texts = Xml.texts(Xml.parse(figure.svg()), "text");
        assertTrue(texts.containsAll(List.of("700", "step", "test →")), texts::toString);
        assertTrue(figure.description().contains("truth from step 650 to step 999"), figure.description());
        assertTrue(figure.description().endsWith("The test part starts with step 750."), figure.description());
    }

    @Test
    void marksOfAScatterLieOnTheDiagonalWherePredictionsAreRight() throws Exception {
        double[] truth = {0, 4, 10};
        Figure figure = ScatterChart.of("true", "predicted")
                .points("rows", truth, new double[] {0, 4, 7})
                .figure("c");
        List<double[]> marks = Xml.elements(Xml.parse(figure.svg()), "circle").stream()
                .map(c -> new double[] {number(c, "cx"), number(c, "cy")})
                .skip(1) // the first is the legend's
                .toList();
        assertEquals(3, marks.size());
        double slope = (marks.get(1)[1] - marks.get(0)[1]) / (marks.get(1)[0] - marks.get(0)[0]);
        double right = marks.get(0)[1] + slope * (marks.get(2)[0] - marks.get(0)[0]);
        assertTrue(marks.get(2)[1] > right + 50, "what is predicted too low lies below the diagonal");
        assertTrue(figure.description().contains("3 examples, mean absolute error 1"), figure.description());
        refused("1 true and 2 predicted", () -> ScatterChart.of("a", "b").points("rows", new double[1], new double[2]));
        refused("has no points", () -> ScatterChart.of("a", "b").figure("c"));
    }

    @Test
    void signalsOfAGridShareOneScale() throws Exception {
        Figure figure = SignalGrid.empty()
                .signal("small", new double[] {0, 1})
                .signal("large", new double[] {0, 10})
                .figure("c");
        List<Double> rises = Xml.elements(Xml.parse(figure.svg()), "path").stream()
                .map(path -> path.getAttribute("d").split("[ML ]+"))
                .map(d -> Double.parseDouble(d[2]) - Double.parseDouble(d[4]))
                .toList();
        assertEquals(10 * rises.get(0), rises.get(1), 0.2);
        assertEquals("2 signals: small; large.", figure.description());
        refused("two values or more", () -> SignalGrid.empty().signal("one", new double[1]));
        refused("has no signal", () -> SignalGrid.empty().figure("c"));
    }

    @Test
    void histogramPutsBordersIntoTheBinAboveAndTheEndIntoTheLast() throws Exception {
        Figure figure = Histogram.of("confidence", 0, 1, 2)
                .values("right", new double[] {0, 0.49, 0.5, 1, 1})
                .figure("c");
        assertEquals(
                List.of("right: 2 from 0 to 0.5", "right: 3 from 0.5 to 1"),
                Xml.texts(Xml.parse(figure.svg()), "title"));
    }

    @Test
    void histogramRefusesWhatLiesOutsideOrIsMissing() {
        Histogram histogram = Histogram.of("confidence", 0, 1, 10);
        refused("1.5 outside [0.0, 1.0]", () -> histogram.values("right", new double[] {1.5}));
        refused("NaN outside", () -> histogram.values("right", new double[] {Double.NaN}));
        refused("has no values", () -> histogram.values("right", new double[0]));
        refused("has no values", () -> histogram.figure("c"));
        refused("at least one bin", () -> Histogram.of("confidence", 1, 1, 10));
    }

    @Test
    void barsOfAReliabilityDiagramEndOnTheDiagonalWhereConfidenceIsRight() throws Exception {
        Figure figure = ReliabilityDiagram.empty()
                .bin(0, 0, 0, 0, 1)
                .bin(1200, 0.5, 0.5, 0.47, 0.53)
                .bin(40, 0.9, 0.25, 0.14, 0.4)
                .figure("c");
        Document drawing = Xml.parse(figure.svg());
        List<Element> lines = Xml.elements(drawing, "line");
        Element diagonal = lines.get(lines.size() - 1);
        double bottom = number(diagonal, "y1");
        double top = number(diagonal, "y2");
        List<Element> bars = Xml.elements(drawing, "rect");
        assertEquals(4, bars.size(), "a bar and its edge for each bin that is not empty");
        assertEquals((bottom + top) / 2, number(bars.get(0), "y"), 0.02);
        assertEquals(bottom + 0.25 * (top - bottom), number(bars.get(2), "y"), 0.02);
        assertTrue(Xml.texts(drawing, "text").containsAll(List.of("1,200", "40")));
        assertEquals(
                "Reliability diagram of 3 bins. 1,200 examples with a mean confidence of 0.500: 0.500 right;"
                        + " 40 examples with a mean confidence of 0.900: 0.250 right.",
                figure.description());
        refused(
                "no examples",
                () -> ReliabilityDiagram.empty().bin(0, 0, 0, 0, 1).figure("c"));
        refused("Bin 0 has 1 examples", () -> ReliabilityDiagram.empty().bin(1, 1.5, 0, 0, 1));
    }

    @Test
    void theUprightLineIsTheIntervalOfTheAccuracy() throws Exception {
        Figure figure =
                ReliabilityDiagram.empty().bin(10, 0.75, 0.8, 0.490, 0.943).figure("c");
        List<Element> lines = Xml.elements(Xml.parse(figure.svg()), "line");
        Element diagonal = lines.get(lines.size() - 1);
        Element interval = lines.get(lines.size() - 2);
        double bottom = number(diagonal, "y1");
        double height = number(diagonal, "y2") - bottom;
        assertEquals(0.490, (number(interval, "y1") - bottom) / height, 0.001);
        assertEquals(0.943, (number(interval, "y2") - bottom) / height, 0.001);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static void refused(String saying, Executable act) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, act);
        assertTrue(refusal.getMessage().contains(saying), refusal.getMessage());
    }
}
