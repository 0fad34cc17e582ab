package dev.jzoo.datasets.preparation;

import dev.jzoo.datasets.Shuffler;

/**
 * Random numbers without a generator object: number k of a stream is a hash of both (SplitMix64, Steele, Lea and Flood, 2014), so
 * it does not depend on the numbers drawn before.
 */
final class CounterBasedRandom {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    /** A constant that separates these streams from those of {@link Shuffler}. */
    private static final long APART = 0x6A09E667F3BCC908L;

    private CounterBasedRandom() {}

    /** Returns the stream of one picture in one epoch. */
    static long stream(long seed, int epoch, int index) {
        return Shuffler.mix(Shuffler.mix(Shuffler.mix(seed ^ APART) + epoch * GAMMA) + index * GAMMA);
    }

    /** Returns a uniform number from 0 to 1, without 1. */
    static double unit(long stream, int k) {
        return (Shuffler.mix(stream + (k + 1) * GAMMA) >>> 11) * 0x1p-53;
    }

    /** Returns a uniform integer from 0 to bound - 1. The bound must be far below 2^53. */
    static int integer(long stream, int k, int bound) {
        return (int) (unit(stream, k) * bound);
    }

    /** Returns a uniform number from 1 - strength to 1 + strength. */
    static double around1(long stream, int k, double strength) {
        return 1 + strength * (2 * unit(stream, k) - 1);
    }
}
