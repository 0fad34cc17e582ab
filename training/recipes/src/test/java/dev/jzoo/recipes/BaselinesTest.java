package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.datasets.catalogue.Airline;
import dev.jzoo.recipes.series.SeriesParts;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    @Test
    void theBaselinesOfTheAirlineSeriesAreThePublishedOnes() {
        Map<String, Double> metrics =
                baselines(SeriesParts.apart(Airline.series().values(), 96, 1));
        assertEquals(23.18, metrics.get("persistence.train.rmse"), 0.005);
        assertEquals(48.66, metrics.get("persistence.test.rmse"), 0.005);
        assertEquals(22.72, metrics.get("ar1.train.rmse"), 0.005);
        assertEquals(48.76, metrics.get("ar1.test.rmse"), 0.005);
        assertEquals(4, metrics.size());
    }

    @Test
    void theBaselinesThatLookBackAYearAreThePublishedOnes() {
        Map<String, Double> metrics =
                baselines(SeriesParts.overlapping(Airline.series().values(), 96, 12));
        assertEquals(41.85, metrics.get("seasonal.test.rmse"), 0.005);
        assertEquals(11.07, metrics.get("ar12.train.rmse"), 0.005);
        assertEquals(20.95, metrics.get("ar12.test.rmse"), 0.005);
    }

    private static Map<String, Double> baselines(SeriesParts parts) {
        return Baselines.of(parts.train(), parts.test());
    }

    @Test
    void allMonthsBehindTheSplitAreForecastWhereWindowsReachBackOverIt() {
        SeriesParts parts = SeriesParts.overlapping(Airline.series().values(), 96, 12);
        assertEquals(84, parts.train().size());
        assertEquals(48, parts.test().size());
        assertEquals(Airline.series().values()[96], parts.test().target(0));
        assertArrayEquals(
                Arrays.copyOfRange(Airline.series().values(), 84, 96),
                parts.test().input(0));
    }

    @Test
    void theShareOfVarianceIs1ForTheTruthAnd0ForTheMean() {
        double[] actual = {1, 2, 6};
        assertEquals(1, Baselines.r2(actual, actual), 1e-12);
        assertEquals(0, Baselines.r2(new double[] {3, 3, 3}, actual), 1e-12);
        assertEquals(1 - 1.0 / 14, Baselines.r2(new double[] {1, 2, 5}, actual), 1e-12);
    }
}
