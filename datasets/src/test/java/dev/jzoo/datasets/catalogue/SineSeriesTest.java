package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.datasets.Provenance;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SineSeriesTest {

    @Test
    void withoutNoiseItIsASine() {
        double[] values = new SineSeries(9, 8, 0, 1).values();
        double half = Math.sqrt(.5);
        assertArrayEquals(new double[] {0, half, 1, half, 0, -half, -1, -half, 0}, values, 1e-15);
    }

    /** The mean and deviation of 100,000 normal numbers are within 4 of their own deviations. */
    @Test
    void theNoiseHasItsDeviationAndItsSeed() {
        SineSeries noisy = new SineSeries(100_000, 50, .2, 3);
        double[] sine = new SineSeries(100_000, 50, 0, 3).values();
        double[] values = noisy.values();
        double[] noise = IntStream.range(0, sine.length)
                .mapToDouble(t -> values[t] - sine[t])
                .toArray();
        assertEquals(0, Arrays.stream(noise).average().getAsDouble(), 4 * .2 / 316);
        assertEquals(
                .2, Math.sqrt(Arrays.stream(noise).map(n -> n * n).average().getAsDouble()), 4 * .2 / 447);
        assertArrayEquals(values, noisy.values());
        assertFalse(Arrays.equals(values, new SineSeries(100_000, 50, .2, 4).values()));
    }

    @Test
    void threeQuartersAreToTrainOnAndTheRestFollows() {
        SineSeries series = new SineSeries(10, 5, .1, 1);
        assertEquals(7, series.train().length);
        assertEquals(3, series.test().length);
        assertArrayEquals(
                series.values(),
                DoubleStream.concat(Arrays.stream(series.train()), Arrays.stream(series.test()))
                        .toArray());
    }

    /** The values come from a Python program, written from the specifications of Random and SplitMix64. */
    @Test
    void theStandardSeriesIsThatOfTheSpecifiedAlgorithm() {
        double[] expected = {0.06222379087067227, 0.23425652505854072, 0.45860978627230586, 0.3051750997478308};
        assertArrayEquals(expected, Arrays.copyOf(SineSeries.standard().values(), 4), 1e-15);
    }

    /** The digest comes from this program. It shows that the values are the same on every platform. */
    @Test
    void theStandardSeriesStaysTheSame() {
        Provenance provenance = SineSeries.standard().provenance();
        assertEquals("sine 1000 with period 50.0, noise 0.1, seed 1", provenance.name());
        assertEquals(
                "7dcadcc3764da2310e9a2ed9e4d06c70c9ab1ca00d6f0cacc0fa3110fd5d261c",
                provenance.sha256().hex());
    }

    @Test
    void whatIsNoSineIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SineSeries(3, 50, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SineSeries(10, 2, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SineSeries(10, Double.POSITIVE_INFINITY, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SineSeries(10, 5, -.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SineSeries(10, 5, Double.NaN, 1));
    }
}
