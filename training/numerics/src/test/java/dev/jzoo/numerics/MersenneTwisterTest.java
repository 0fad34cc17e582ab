package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The expected numbers come from NumPy 2, legacy functions of numpy.random after seed(s). */
class MersenneTwisterTest {

    @Test
    void theNumbersAreThoseOfNumPy() {
        MersenneTwister random = new MersenneTwister(42);
        assertEquals(0.3745401188473625, random.unit());
        assertEquals(0.9507143064099162, random.unit());
        assertEquals(0.6476885381006925, random.gaussian(), 1e-15);
        assertEquals(1.5230298564080254, random.gaussian(), 1e-15);
        assertEquals(-0.23415337472333597, random.gaussian(), 1e-15);
        assertEquals(10, random.upTo(47));
        assertEquals(10, random.upTo(47));
        assertArrayEquals(new int[] {0, 6, 9, 1, 8, 5, 2, 3, 4, 7}, random.permutation(10));
    }

    /** The 10,000th word for the seed 5489, as the C++ standard gives it for std::mt19937 ([rand.predef]). */
    @Test
    void theTenThousandthWordIsThatOfTheStandard() {
        MersenneTwister random = new MersenneTwister(5489);
        for (int i = 1; i < 10_000; i++) {
            random.word();
        }
        assertEquals(4123659995L, Integer.toUnsignedLong(random.word()));
    }

    @Test
    void oneOutOfOneNeedsNoLuck() {
        assertEquals(0, new MersenneTwister(1).upTo(0));
    }
}
