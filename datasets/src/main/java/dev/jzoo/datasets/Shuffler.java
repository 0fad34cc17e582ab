package dev.jzoo.datasets;

import java.util.Random;

/** The order in which an epoch visits its examples: a function of the seed and the epoch, the same for every engine. */
public final class Shuffler {

    private Shuffler() {}

    /**
     * A permutation of 0 to n - 1, each equally likely (Fisher and Yates).
     *
     * @param n number of examples, 0 or more
     * @param seed of the run
     * @param epoch from 0
     */
    public static int[] permutation(int n, long seed, int epoch) {
        if (n < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "Examples and epochs count from 0; got " + n + " examples and epoch " + epoch + ".");
        }
        Random random = random(seed, epoch);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /**
     * A generator for one of many independent streams of a seed. The algorithm of {@link Random} is part of its
     * specification, so that its numbers are the same on every platform; neighbouring seeds give related numbers there,
     * so that seed and stream are mixed first, by the finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
     */
    public static Random random(long seed, long stream) {
        return new Random(streamSeed(seed, stream));
    }

    /**
     * A seed for one of many independent streams of a seed, for generators of an engine's own.
     *
     * @param seed of the run
     * @param stream an epoch, for instance
     */
    public static long streamSeed(long seed, long stream) {
        return mix(mix(seed + 0x9E3779B97F4A7C15L) + stream * 0x9E3779B97F4A7C15L);
    }

    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
