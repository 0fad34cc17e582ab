package dev.jzoo.inference.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The models compute width + 10 height + 100 score + 1. */
class RegressorTest {

    private static Regressor regressor(String name) throws IOException {
        return Regressor.open(Fixtures.file(name), Device.cpu());
    }

    @Test
    void aRowGivesANumberInTheUnitOfTheCard() throws Exception {
        try (Regressor prices = regressor("prices.onnx")) {
            assertEquals(322, prices.predict(1, 2, 3));
            assertEquals("dollars", prices.unit());
            assertEquals("price", prices.target());
            assertEquals(List.of("width", "height", "GRE Score"), prices.features());
        }
    }

    @Test
    void rowsBeyondABatchComeBackInTheirOrder() throws Exception {
        List<double[]> rows = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            rows.add(new double[] {i % 7, i % 11, i % 3});
            expected.add(i % 7 + 10.0 * (i % 11) + 100.0 * (i % 3) + 1);
        }
        try (Regressor prices = regressor("prices.onnx")) {
            assertEquals(expected, prices.predict(rows));
            assertEquals(List.of(), prices.predict(List.of()));
        }
    }

    @Test
    void aGraphWithAFixedBatchTakesAnyNumberOfRows() throws Exception {
        try (Regressor prices = regressor("prices-two-by-two.onnx")) {
            List<double[]> rows = List.of(new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1});
            assertEquals(List.of(2.0, 11.0, 101.0), prices.predict(rows));
            assertEquals("", prices.unit());
            assertEquals(List.of("0", "1", "2"), prices.features());
        }
    }

    @Test
    void anotherNumberOfValuesIsRefusedNamingTheColumns() throws Exception {
        try (Regressor prices = regressor("prices.onnx")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> prices.predict(1, 2));
            assertTrue(
                    e.getMessage().endsWith("expects 3 values (width, height, GRE Score), found 2."), e.getMessage());
        }
    }

    @Test
    void aValueThatIsNotFiniteIsRefusedNamingItsRowAndColumn() throws Exception {
        try (Regressor prices = regressor("prices.onnx")) {
            List<double[]> rows = List.of(new double[] {1, 2, 3}, new double[] {1, Double.NaN, 3});
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> prices.predict(rows));
            assertEquals("Row 1: height is NaN; expected a finite number.", e.getMessage());
        }
    }

    @Test
    void aModelThatIsNoRegressorIsRefusedSayingWhatItNeeds() {
        for (String name : List.of("quadrants.onnx", "add.onnx", "signals.onnx")) {
            JZooException e = assertThrows(JZooException.class, () -> regressor(name));
            assertEquals(JZooException.Code.BAD_INPUT, e.code());
            assertTrue(
                    e.getMessage().contains("is not a regressor")
                            && e.getMessage().contains("[batch, 1]"),
                    name);
        }
    }

    @Test
    void aCardWithMoreColumnsThanTheGraphReadsIsRefused() {
        DataFormatException e = assertThrows(DataFormatException.class, () -> regressor("prices-odd-columns.onnx"));
        assertTrue(e.getMessage().contains("each of the 2 columns"), e.getMessage());
    }
}
