package dev.jzoo.inference.text;

/**
 * The settings for choosing the next character among the characters that a model considers possible.
 *
 * @param temperature the divisor of the logarithms of the probabilities: below 1 likely characters become likelier, above 1
 *     the text becomes erratic; 0 always takes the most likely character
 * @param topK number of the most likely characters to choose from; 0 for all
 * @param seed of the choices; the same seed gives the same text
 */
public record Sampling(double temperature, int topK, long seed) {

    public Sampling {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The temperature is at least 0, not " + temperature + ".");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("Top-k is at least 1, or 0 for all characters, not " + topK + ".");
        }
    }

    /** Returns the standard settings: temperature 0.8, all characters, seed 1. */
    public static Sampling standard() {
        return new Sampling(0.8, 0, 1);
    }

    /** Returns settings that always choose the most likely character. */
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

    /** Starts a sequence of choices. */
    public Sampler begin() {
        return new Sampler(this);
    }
}
