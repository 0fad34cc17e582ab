package dev.jzoo.datasets.preparation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.datasets.Series;
import dev.jzoo.datasets.catalogue.Airline;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LookBackTest {

    @Test
    void theAirlineSeriesGivesTheNumbersOfPairsOfTheCourse() {
        LookBack train = LookBack.windows(Airline.series().first(96).values(), 1);
        LookBack test = LookBack.windows(Airline.series().after(96).values(), 1);
        assertEquals(94, train.size());
        assertEquals(46, test.size());
        assertArrayEquals(new double[] {112}, train.input(0));
        assertEquals(118, train.target(0));
    }

    /** A prediction of the last seen value has known errors for these pairs, 23.18 and 48.66. */
    @Test
    void persistenceHasItsKnownErrorsOnThePairs() {
        assertEquals(23.18, persistence(Airline.series().first(96)), .005);
        assertEquals(48.66, persistence(Airline.series().after(96)), .005);
    }

    private static double persistence(Series series) {
        LookBack pairs = LookBack.windows(series.values(), 1);
        double sum = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double error = pairs.target(i) - pairs.input(i)[0];
            sum += error * error;
        }
        return Math.sqrt(sum / pairs.size());
    }

    @Test
    void aWindowOfThreeSlidesOneValueAtATime() {
        LookBack pairs = LookBack.windows(new double[] {1, 2, 3, 4, 5, 6}, 3);
        assertEquals(2, pairs.size());
        assertArrayEquals(new double[] {1, 2, 3, 2, 3, 4}, pairs.inputs());
        assertArrayEquals(new double[] {4, 5}, pairs.targets());
        assertArrayEquals(new double[] {2, 3, 4}, pairs.input(1));
        assertEquals(5, pairs.target(1));
        assertThrows(IndexOutOfBoundsException.class, () -> pairs.input(2));
        assertThrows(IndexOutOfBoundsException.class, () -> pairs.target(2));
    }

    @Test
    void aSeriesWithoutOnePairIsRefused() {
        assertEquals(1, LookBack.windows(new double[3], 1).size());
        assertThrows(IllegalArgumentException.class, () -> LookBack.windows(new double[2], 1));
        assertThrows(IllegalArgumentException.class, () -> LookBack.windows(new double[9], 0));
        assertThrows(IllegalArgumentException.class, () -> LookBack.windows(new double[9], Integer.MAX_VALUE));
    }

    @Test
    void theFittedScalerMapsTheRangeToZeroAndOneAndBack() {
        double[] values = Airline.series().values();
        MinMaxScaler scaler = MinMaxScaler.fit(values);
        assertEquals(new MinMaxScaler(104, 622), scaler);
        double[] scaled = scaler.scale(values);
        assertEquals(0, Arrays.stream(scaled).min().getAsDouble());
        assertEquals(1, Arrays.stream(scaled).max().getAsDouble());
        assertEquals((112 - 104) / 518.0, scaled[0]);
        assertArrayEquals(values, scaler.unscale(scaled), 1e-12);
        assertEquals(2, scaler.scale(104 + 2 * 518));
    }

    @Test
    void valuesWithoutARangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> MinMaxScaler.fit(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> MinMaxScaler.fit(new double[] {3, 3}));
        assertThrows(IllegalArgumentException.class, () -> MinMaxScaler.fit(new double[] {3, Double.NaN, 4}));
        assertThrows(
                IllegalArgumentException.class, () -> MinMaxScaler.fit(new double[] {3, Double.POSITIVE_INFINITY}));
    }

    @Test
    void everyValueThatHasAWindowBeforeItIsATarget() {
        LookBack pairs = LookBack.everyWindow(new double[] {1, 2, 3, 4, 5}, 3);
        assertEquals(2, pairs.size());
        assertArrayEquals(new double[] {2, 3, 4}, pairs.input(1));
        assertArrayEquals(new double[] {4, 5}, pairs.targets());
        assertThrows(IllegalArgumentException.class, () -> LookBack.everyWindow(new double[] {1, 2, 3}, 3));
    }
}
