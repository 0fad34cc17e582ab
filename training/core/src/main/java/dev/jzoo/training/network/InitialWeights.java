package dev.jzoo.training.network;

import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Initial weights that every engine is given, so that all start from the same network: drawn layer by layer. */
public final class InitialWeights {

    private final Random random;
    private final Initialisation initialisation;

    /** Weights by a seed, as {@link Network} describes them. */
    public InitialWeights(long seed) {
        this(seed, Initialisation.STANDARD);
    }

    /** Weights by a seed. */
    public InitialWeights(long seed, Initialisation initialisation) {
        random = new Random(seed);
        this.initialisation = Objects.requireNonNull(initialisation, "initialisation");
    }

    /**
     * Weights of a layer, [outputs, inputs...].
     *
     * @param fanIn values that each output is a sum of
     * @param fanOut outputs that each value goes into
     * @param following the layers behind this one
     */
    public float[] draw(int count, int fanIn, int fanOut, List<Layer> following) {
        return initialisation.before(following).draw(count, fanIn, fanOut, random);
    }

    /** Recurrent weights: rows of unit length at right angles, [units, gates * units]. */
    public float[][] orthogonal(int units, int gates) {
        return Glorot.orthogonal(units, gates * units, random);
    }
}
