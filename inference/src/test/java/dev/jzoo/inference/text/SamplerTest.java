package dev.jzoo.inference.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final int DRAWS = 20_000;

    private static double[] shares(Sampling sampling, float... probabilities) {
        Sampler sampler = sampling.begin();
        double[] shares = new double[probabilities.length];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.choose(probabilities)]++;
        }
        return Arrays.stream(shares).map(count -> count / DRAWS).toArray();
    }

    @Test
    void atTemperatureOneClassesAreDrawnAsOftenAsTheyAreLikely() {
        double[] shares = shares(Sampling.standard().withTemperature(1), 0.5f, 0.2f, 0, 0.3f);
        assertArrayEquals(new double[] {0.5, 0.2, 0, 0.3}, shares, 0.015);
    }

    @Test
    void probabilitiesAreRaisedToOneOverTheTemperature() {
        // 0.8 and 0.2 squared are 0.64 and 0.04; their roots are in the ratio of 2 to 1.
        assertEquals(0.64 / 0.68, shares(Sampling.standard().withTemperature(0.5), 0.8f, 0.2f)[0], 0.015);
        assertEquals(2.0 / 3, shares(Sampling.standard().withTemperature(2), 0.8f, 0.2f)[0], 0.015);
    }

    @Test
    void onlyTheLikeliestAreChosenFrom() {
        double[] shares = shares(Sampling.standard().withTemperature(1).withTopK(2), 0.1f, 0.3f, 0.2f, 0.4f);
        assertArrayEquals(new double[] {0, 3 / 7.0, 0, 4 / 7.0}, shares, 0.015);
        assertEquals(1, shares(Sampling.standard().withTopK(1), 0.4f, 0.3f, 0.3f)[0]);
        assertTrue(shares(Sampling.standard().withTopK(9), 0.4f, 0.6f)[0] > 0);
    }

    @Test
    void temperatureZeroTakesTheLikeliestAndOfEqualOnesTheFirst() {
        assertEquals(1, shares(Sampling.greedy(), 0.2f, 0.4f, 0.4f)[1]);
    }

    @Test
    void aTemperatureNearZeroDoesNotUnderflow() {
        assertEquals(1, shares(Sampling.standard().withTemperature(1e-9), 1e-30f, 3e-30f)[1]);
    }

    @Test
    void theSameSeedMakesTheSameChoicesAndAnotherOneOthers() {
        float[] even = new float[50];
        Arrays.fill(even, 0.02f);
        Sampler first = Sampling.standard().begin();
        Sampler again = Sampling.standard().begin();
        Sampler other = Sampling.standard().withSeed(2).begin();
        int[] choices = IntStream.generate(() -> first.choose(even)).limit(20).toArray();
        assertArrayEquals(
                choices, IntStream.generate(() -> again.choose(even)).limit(20).toArray());
        assertTrue(!Arrays.equals(
                choices, IntStream.generate(() -> other.choose(even)).limit(20).toArray()));
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        Sampler sampler = Sampling.standard().begin();
        for (float[] wrong : new float[][] {{0.5f, -0.1f}, {Float.NaN}, {Float.POSITIVE_INFINITY, 1}, {0, 0}, {}}) {
            assertThrows(IllegalArgumentException.class, () -> sampler.choose(wrong));
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Sampling(-0.1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(Double.NaN, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(1, -1, 1));
    }
}
