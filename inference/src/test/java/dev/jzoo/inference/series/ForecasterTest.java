package dev.jzoo.inference.series;

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

class ForecasterTest {

    private static Forecaster forecaster(String name) throws IOException {
        return Forecaster.open(Fixtures.file(name), Device.cpu());
    }

    @Test
    void theSeriesOfTheCardGoesOn() throws Exception {
        try (Forecaster forecaster = forecaster("line.onnx")) {
            assertEquals(
                    new Forecast(
                            List.of(10.0, 12.0, 14.0), "thousand passengers", List.of("1960-12", "1961-01", "1961-02")),
                    forecaster.forecast(3));
            assertEquals(3, forecaster.lookBack());
        }
    }

    @Test
    void aSeriesWithoutTimesGoesOnWithoutTimes() throws Exception {
        try (Forecaster forecaster = forecaster("line-without-times.onnx")) {
            assertEquals(new Forecast(List.of(10.0, 12.0), "", List.of()), forecaster.forecast(2));
        }
    }

    @Test
    void predictionsAreFedBackOneByOne() throws Exception {
        double[] history = {100, 5, 1, 4}; // the first value is older than the model's look-back
        List<Double> expected = new ArrayList<>(List.of(5.0, 1.0, 4.0));
        for (int i = 0; i < 6; i++) {
            expected.add(1.5 * expected.get(i + 2) - 0.5 * expected.get(i));
        }
        try (Forecaster forecaster = forecaster("line-without-card.onnx")) {
            Forecast forecast = forecaster.forecast(history, 6);
            assertEquals(expected.subList(3, 9), forecast.values());
            assertEquals("", forecast.unit());
            assertEquals(List.of(), forecast.times());
        }
    }

    @Test
    void tooShortOrUnusableHistoryIsRefused() throws Exception {
        try (Forecaster forecaster = forecaster("line-without-card.onnx")) {
            assertEquals(
                    forecaster.model().name() + " looks back on 3 values; the history has only 2.",
                    assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(new double[2], 1))
                            .getMessage());
            assertEquals(
                    "Value 1 of the history is NaN; expected a finite number.",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> forecaster.forecast(new double[] {1, Double.NaN, 3}, 1))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(new double[3], 0));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(1))
                    .getMessage()
                    .contains("does not contain the series"));
        }
    }

    @Test
    void aForecastThatRunsAwayIsAnError() throws Exception {
        try (Forecaster forecaster = forecaster("line-without-card.onnx")) {
            JZooException failure =
                    assertThrows(JZooException.class, () -> forecaster.forecast(new double[] {-3e38, 0, 3e38}, 5));
            assertEquals(JZooException.Code.BAD_INPUT, failure.code());
        }
    }

    @Test
    void aCardThatCannotBeContinuedIsRefused() {
        assertTrue(assertThrows(DataFormatException.class, () -> forecaster("line-short.onnx"))
                .getMessage()
                .endsWith("expected at least 3 last values of the series in its card, as many as it looks back"
                        + " on, found 2"));
        assertTrue(assertThrows(DataFormatException.class, () -> forecaster("line-odd-step.onnx"))
                .getMessage()
                .endsWith("found the last time '1960-11' and the step 'monthly'"));
    }

    @Test
    void anotherModelIsRefusedSayingWhatAForecasterNeeds() {
        JZooException failure = assertThrows(JZooException.class, () -> forecaster("quadrants.onnx"));
        assertEquals(JZooException.Code.BAD_INPUT, failure.code());
        assertTrue(failure.getMessage().contains("expected one input float [batch, look-back]"));
    }

    @Test
    void timesGoOnInTheirOwnPrecision() {
        assertEquals(
                List.of("1961-01", "1961-02"), TimeAxis.parse("1960-12", "P1M").next(2));
        assertEquals(List.of("1961", "1962"), TimeAxis.parse("1960", "P1Y").next(2));
        assertEquals(
                List.of("2024-02-29", "2024-03-01"),
                TimeAxis.parse("2024-02-28", "P1D").next(2));
        assertEquals(
                List.of("2024-02-29", "2024-03-31"),
                TimeAxis.parse("2024-01-31", "P1M").next(2));
        assertEquals(
                List.of("2024-01-01T00:00"),
                TimeAxis.parse("2023-12-31T23:00", "PT1H").next(1));
    }
}
