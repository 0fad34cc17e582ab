package dev.jzoo.datasets;

import java.util.Random;

/** The order in which an epoch visits its examples. It depends only on the seed and the epoch and is the same for every engine. */
public final class Shuffler {

    private Shuffler() {}

    /**
     * Returns a random permutation of 0 to n - 1, all equally likely (Fisher and Yates).
     *
     * @param n number of examples, 0 or more
     * @param seed seed of the run
     * @param epoch epoch, from 0
     */
    public static int[] permutation(int n, long seed, int epoch) {
        if (n < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "Examples and epochs must be 0 or more, not " + n + " examples and epoch " + epoch + ".");
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
     * Returns a generator for one of many independent streams of a seed. The algorithm of {@link Random} is part of its
     * specification, so its numbers are the same on every platform. Its neighbouring seeds give related numbers, so seed and
     * stream are mixed first, by the finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
     */
    public static Random random(long seed, long stream) {
        return new Random(streamSeed(seed, stream));
    }

    /**
     * Returns a seed for one of many independent streams of a seed, for an engine's own generator.
     *
     * @param seed seed of the run
     * @param stream number of the stream, such as an epoch
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
