package dev.jzoo.inference.text;

/**
 * How the next character is chosen among those that a model thinks possible.
 *
 * @param temperature what the logarithms of the probabilities are divided by: below 1 likely characters become likelier,
 *     above 1 text becomes wilder; 0 takes the likeliest one every time
 * @param topK only so many of the likeliest characters are chosen from; 0 for all
 * @param seed of the choices: the same seed gives the same text
 */
public record Sampling(double temperature, int topK, long seed) {

    public Sampling {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("A temperature is 0 or more, not " + temperature + ".");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("Top-k is 1 or more, or 0 for all characters, not " + topK + ".");
        }
    }

    /** Temperature 0.8 over all characters, seed 1. */
    public static Sampling standard() {
        return new Sampling(0.8, 0, 1);
    }

    /** The likeliest character every time. */
    public static Sampling greedy() {
        return standard().withTemperature(0);
    }

    public Sampling withTemperature(double other) {
        return new Sampling(other, topK, seed);
    }

    public Sampling withTopK(int other) {
        return new Sampling(temperature, other, seed);
    }

    public Sampling withSeed(long other) {
        return new Sampling(temperature, topK, other);
    }

    /** Begins a series of choices. */
    public Sampler begin() {
        return new Sampler(this);
    }
}
