package dev.jzoo.inference.text;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** A sequence of random choices with the settings of a {@link Sampling}. Not safe for several threads. */
public final class Sampler {

    private final Sampling sampling;
    private final Random random;

    Sampler(Sampling sampling) {
        this.sampling = sampling;
        this.random = new Random(sampling.seed());
    }

    /**
     * Chooses a class.
     *
     * @param probabilities of the classes, each at least 0 and not all 0; their sum need not be 1
     * @return index of the chosen class; among equally likely classes the greedy choice and top-k prefer the first ones
     * @throws IllegalArgumentException if one is negative or NaN, or all are 0
     */
    public int choose(float[] probabilities) {
        int[] ranked = ranked(probabilities);
        if (sampling.temperature() == 0) {
            return ranked[0];
        }
        int count = sampling.topK() == 0 ? ranked.length : Math.min(sampling.topK(), ranked.length);
        // (p / largest)^(1/T): the largest one stays 1, so that no temperature turns all of them into 0.
        double largest = probabilities[ranked[0]];
        double[] cumulative = new double[count];
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += Math.pow(probabilities[ranked[i]] / largest, 1 / sampling.temperature());
            cumulative[i] = total;
        }
        double drawn = random.nextDouble() * total;
        int chosen = 0;
        while (chosen < count - 1 && cumulative[chosen] <= drawn) {
            chosen++;
        }
        return ranked[chosen];
    }

    /** Returns the indices, most likely first. */
    private static int[] ranked(float[] probabilities) {
        double total = 0;
        for (float probability : probabilities) {
            if (!(probability >= 0 && probability < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("A probability is at least 0 and finite, not " + probability + ".");
            }
            total += probability;
        }
        if (total == 0) {
            throw new IllegalArgumentException(
                    "Expected a probability above 0 among the " + probabilities.length + " classes, found none.");
        }
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -probabilities[index]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
