package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import java.util.Random;

/**
 * Inverted dropout (Srivastava et al., 2014): in training each value becomes 0 with probability p, and x / (1 - p) otherwise, so that
 * E[y] = x. In inference y = x.
 */
public final class DropoutLayer implements NeuralLayer {

    private final double probability;
    private final Random random;
    private Array mask = Array.zeros(0);

    /**
     * Creates a layer with a probability and a seed.
     *
     * @param probability share of the values that become 0, from 0 to below 1
     * @param seed seed of the random numbers
     */
    public DropoutLayer(double probability, long seed) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("A dropout probability is from 0 to below 1, not " + probability + ".");
        }
        this.probability = probability;
        this.random = new Random(seed);
    }

    /** Returns the share of the values that become 0. */
    public double probability() {
        return probability;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        double kept = 1 - probability;
        mask = phase == Phase.INFERENCE
                ? input.map(x -> 1)
                : input.map(x -> random.nextDouble() < probability ? 0 : 1 / kept);
        return input.times(mask);
    }

    @Override
    public Array backward(Array gradient) {
        return gradient.times(mask);
    }
}
