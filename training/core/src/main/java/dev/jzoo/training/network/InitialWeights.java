package dev.jzoo.training.network;

import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Initial weights that every engine receives, so that all start from the same network. They are drawn layer by layer.
 */
public final class InitialWeights {

    private final Random random;
    private final Initialisation initialisation;

    /** Creates weights by a seed, as {@link Network} describes them. */
    public InitialWeights(long seed) {
        this(seed, Initialisation.STANDARD);
    }

    /** Creates weights by a seed and an initialisation. */
    public InitialWeights(long seed, Initialisation initialisation) {
        random = new Random(seed);
        this.initialisation = Objects.requireNonNull(initialisation, "initialisation");
    }

    /**
     * Draws the weights of a layer, [outputs, inputs...].
     *
     * @param fanIn number of values that each output is a sum of
     * @param fanOut number of outputs that each value contributes to
     * @param following the layers after this one
     */
    public float[] draw(int count, int fanIn, int fanOut, List<Layer> following) {
        return initialisation.before(following).draw(count, fanIn, fanOut, random);
    }

    /** Draws recurrent weights with orthonormal rows, [units, gates * units]. */
    public float[][] orthogonal(int units, int gates) {
        return Glorot.orthogonal(units, gates * units, random);
    }
}
