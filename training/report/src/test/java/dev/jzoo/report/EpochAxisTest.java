package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.ChartReader;
import dev.jzoo.training.testing.Xml;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The horizontal axis of a chart of epochs, which counts from 1. */
class EpochAxisTest {

    private static Figure drawn(int epochs) {
        double[] losses =
                IntStream.range(0, epochs).mapToDouble(i -> 1.0 / (i + 1)).toArray();
        return LineChart.ofEpochs("loss").line(Role.TRAIN, "train", losses).figure("c");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 1 2",
        "5, 1 2 3 4 5",
        "10, 1 2 4 6 8 10",
        "20, 1 5 10 15 20",
        "200, 1 50 100 150 200",
        "2500, '1 500 1,000 1,500 2,000 2,500'"
    })
    void theFirstTickIsTheFirstEpochAndTheOthersAreRound(int epochs, String ticks) throws Exception {
        assertEquals(
                List.of(ticks.split(" ")),
                ChartReader.charts(drawn(epochs).svg()).get(0).bottom());
    }

    @Test
    void aMarkNamesItsEpoch() throws Exception {
        List<String> tooltips = Xml.texts(Xml.parse(drawn(3).svg()), "title");
        assertEquals(List.of("train: 1 at epoch 1", "train: 0.5 at epoch 2", "train: 0.3333 at epoch 3"), tooltips);
    }

    @Test
    void theOnlyEpochIsInTheMiddle() throws Exception {
        String svg = drawn(1).svg();
        double mark =
                Double.parseDouble(Xml.elements(Xml.parse(svg), "circle").get(1).getAttribute("cx"));
        assertTrue(mark > 250 && mark < 330, svg);
    }
}
