package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.ChartReader;
import dev.jzoo.training.testing.ChartReader.Chart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The colours of train and test, the same in every chart and used for nothing else. */
class RoleTest {

    private static final double[] SOME = {0.6, 0.4, 0.3};

    private static Chart drawn(Figure figure) throws Exception {
        return ChartReader.charts(figure.svg()).get(0);
    }

    @Test
    void trainAndTestKeepTheirColoursInWhateverOrderLinesAreAdded() throws Exception {
        Figure figure = LineChart.ofEpochs("accuracy")
                .line("original test", SOME)
                .line(Role.TEST, "test", SOME)
                .faint(Role.TRAIN, "loss while training", SOME)
                .line(Role.VALIDATION, "validation", SOME)
                .line(Role.TRAIN, "train", SOME)
                .level(Role.TEST, "published", 0.5)
                .level("guessing", 0.1)
                .figure("c");
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("original test", "green");
        expected.put("test", "vermillion");
        expected.put("loss while training", "blue");
        expected.put("validation", "purple");
        expected.put("train", "blue");
        expected.put("published", "vermillion");
        expected.put("guessing", "orange");
        assertEquals(expected, drawn(figure).legend());
    }

    @Test
    void scattersAndForecastsHaveTheSameColours() throws Exception {
        Chart scatter = drawn(ScatterChart.of("true", "predicted")
                .points(Role.TEST, "test", SOME, SOME)
                .points(Role.TRAIN, "train", SOME, SOME)
                .points("others", SOME, SOME)
                .figure("c"));
        assertEquals(Map.of("test", "vermillion", "train", "blue", "others", "green"), scatter.legend());
        Chart forecast = drawn(ForecastChart.ofSteps("value", 0, new double[8])
                .baseline("persistence", 4, SOME)
                .fitted("on train", 0, SOME)
                .forecast("on test", 4, SOME)
                .future("next", 8, SOME)
                .figure("c"));
        assertEquals(
                Map.of(
                        "truth", "ink",
                        "persistence", "green",
                        "on train", "blue",
                        "on test", "vermillion",
                        "next", "vermillion"),
                forecast.legend());
    }

    @Test
    void linesWithoutARoleNeverHaveTheColourOfTrainOrTest() throws Exception {
        LineChart lines = LineChart.of("step", "loss");
        Histogram bars = Histogram.of("weight", 0, 1, 4);
        ForecastChart baselines = ForecastChart.ofSteps("value", 0, SOME);
        for (int i = 0; i < 12; i++) {
            lines.line("run " + i, SOME);
            bars.values("set " + i, SOME);
            baselines.baseline("method " + i, 0, SOME);
        }
        for (Figure figure : List.of(lines.figure("c"), bars.figure("c"), baselines.figure("c"))) {
            assertFalse(
                    drawn(figure).legend().containsValue("blue")
                            || drawn(figure).legend().containsValue("vermillion"),
                    figure.description());
        }
        assertEquals("green", drawn(lines.figure("c")).legend().get("run 5"), "after five the colours come again");
    }

    @Test
    void rightAndWrongHaveOneColourEach() throws Exception {
        Histogram histogram = Histogram.of("confidence", 0, 1, 4)
                .values(Role.WRONG, "wrong", SOME)
                .values(Role.RIGHT, "right", SOME);
        assertEquals(
                Map.of("wrong", "orange", "right", "green"),
                drawn(histogram.figure("c")).legend());
        Figure reliability =
                ReliabilityDiagram.empty().bin(10, 0.5, 0.5, 0.2, 0.8).figure("c");
        assertEquals("green", drawn(reliability).legend().get("accuracy, number of examples"));
        String matrix = ConfusionMatrix.of(List.of("a", "b"), new long[][] {{9, 1}, {2, 8}})
                .figure("c")
                .svg();
        assertTrue(matrix.contains("jz-green") && matrix.contains("jz-orange"), matrix);
        String signals = SignalGrid.empty().signal("s", SOME).figure("c").svg();
        for (String drawing : List.of(reliability.svg(), matrix, signals)) {
            assertFalse(drawing.contains("jz-blue") || drawing.contains("jz-vermillion"), drawing);
        }
    }
}
