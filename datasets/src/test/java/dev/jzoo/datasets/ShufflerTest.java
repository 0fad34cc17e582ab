package dev.jzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShufflerTest {

    /** The expected numbers come from a Python program, written from the specifications of Random and SplitMix64. */
    @Test
    void permutationsAreThoseOfTheSpecifiedAlgorithm() {
        assertArrayEquals(new int[] {6, 2, 3, 4, 8, 7, 1, 5, 0, 9}, Shuffler.permutation(10, 1, 0));
        assertArrayEquals(new int[] {8, 6, 1, 9, 3, 2, 5, 7, 4, 0}, Shuffler.permutation(10, 1, 1));
        assertArrayEquals(new int[] {8, 0, 4, 5, 1, 9, 3, 7, 2, 6}, Shuffler.permutation(10, -7, 3));
    }

    @Test
    void everyExampleIsVisitedOnceAnEpoch() {
        int[] order = Shuffler.permutation(60_000, 5, 2);
        assertFalse(Arrays.equals(order, IntStream.range(0, 60_000).toArray()));
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, 60_000).toArray(), order);
        assertEquals(0, Shuffler.permutation(0, 5, 2).length);
    }

    /** Chi-squared with 23 degrees of freedom exceeds 49.7 for one seed in a thousand; these seeds are fixed. */
    @Test
    void allOrdersOfFourAreEquallyLikelyOverEpochsAndOverSeeds() {
        int rounds = 24_000;
        int[] byEpoch = new int[256];
        int[] bySeed = new int[256];
        for (int i = 0; i < rounds; i++) {
            byEpoch[code(Shuffler.permutation(4, 42, i))]++;
            bySeed[code(Shuffler.permutation(4, i, 0))]++;
        }
        assertTrue(chiSquared(byEpoch, rounds) < 49.7, "epochs: " + chiSquared(byEpoch, rounds));
        assertTrue(chiSquared(bySeed, rounds) < 49.7, "seeds: " + chiSquared(bySeed, rounds));
    }

    @Test
    void negativeCountsAndEpochsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Shuffler.permutation(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Shuffler.permutation(1, 0, -1));
    }

    private static int code(int[] order) {
        return order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3];
    }

    private static double chiSquared(int[] counts, int rounds) {
        double expected = rounds / 24.0;
        int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertEquals(24, seen.length);
        return Arrays.stream(seen)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }
}
