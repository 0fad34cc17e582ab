package dev.jzoo.training.network;

import java.util.List;
import java.util.Random;

/** Initial weights that every engine is given, so that all start from the same network: drawn layer by layer. */
public final class InitialWeights {

    private final Random random;

    /** Weights by a seed. */
    public InitialWeights(long seed) {
        random = new Random(seed);
    }

    /**
     * Weights of a layer, [outputs, inputs...].
     *
     * @param fanIn values that each output is a sum of
     * @param fanOut outputs that each value goes into
     * @param following the layers behind this one
     */
    public float[] draw(int count, int fanIn, int fanOut, List<Layer> following) {
        return isRectified(following) ? heNormal(count, fanIn) : Glorot.uniform(count, fanIn, fanOut, random);
    }

    /** Whether a ReLU comes next; a normalisation between does not count. */
    private static boolean isRectified(List<Layer> following) {
        return following.stream()
                .filter(layer -> !(layer instanceof Layer.BatchNormalization))
                .findFirst()
                .filter(Layer.Activation.RELU::equals)
                .isPresent();
    }

    /** Normal with deviation sqrt(2 / fanIn): He et al., Delving deep into rectifiers, 2015, equation 10. */
    private float[] heNormal(int count, int fanIn) {
        return GaussianWeights.draw(count, Math.sqrt(2.0 / fanIn), random);
    }

    /** Recurrent weights: rows of unit length at right angles, [units, gates * units]. */
    public float[][] orthogonal(int units, int gates) {
        return Glorot.orthogonal(units, gates * units, random);
    }
}
