package dev.jzoo.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * An initialisation of the weights of dense and convolutional layers, and of the input weights of recurrent layers.
 * Recurrent weights are always orthogonal. Fan-in is the number of values that each output is a sum of, fan-out the
 * number of outputs that each value contributes to.
 */
public enum Initialisation {
    /** He normal before a ReLU, Glorot uniform elsewhere. */
    STANDARD("standard", "He normal in front of a ReLU, Glorot uniform elsewhere"),
    /** Uniform in plus or minus sqrt(6 / (fan-in + fan-out)): Glorot and Bengio, 2010, equation 16. */
    GLOROT_UNIFORM("glorot", "Glorot uniform"),
    /** Normal with variance 2 / (fan-in + fan-out): Glorot and Bengio, 2010, equation 12. */
    GLOROT_NORMAL("glorot-normal", "Glorot normal"),
    /** Normal with variance 2 / fan-in: He et al., 2015, equation 10. */
    HE_NORMAL("he", "He normal"),
    /** Uniform in plus or minus sqrt(6 / fan-in), which has the same variance. */
    HE_UNIFORM("he-uniform", "He uniform"),
    /** Normal with variance 1 / fan-in: LeCun et al., Efficient backprop, 1998, section 4.6. */
    LECUN("lecun", "LeCun normal");

    private final String title;
    private final String words;

    Initialisation(String title, String words) {
        this.title = title;
        this.words = words;
    }

    /**
     * Finds an initialisation by its name: standard, glorot, glorot-normal, he, he-uniform or lecun.
     *
     * @throws IllegalArgumentException for another name
     */
    public static Initialisation named(String name) {
        return Arrays.stream(values())
                .filter(initialisation -> initialisation.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown initialisation '" + name + "'. Choose one of "
                        + Arrays.stream(values())
                                .map(initialisation -> initialisation.title)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    /** Describes it in words. */
    public String words() {
        return words;
    }

    /** Resolves STANDARD, which depends on the following layers. */
    Initialisation before(List<Layer> following) {
        return this == STANDARD && isRectified(following) ? HE_NORMAL : this;
    }

    /** Returns whether a ReLU comes next, possibly after a normalisation. */
    private static boolean isRectified(List<Layer> following) {
        return following.stream()
                .filter(layer -> !(layer instanceof Layer.BatchNormalization))
                .findFirst()
                .filter(Layer.Activation.RELU::equals)
                .isPresent();
    }

    /**
     * Draws the weights of a layer that no ReLU follows.
     *
     * @param fanIn number of values that each output is a sum of
     * @param fanOut number of outputs that each value contributes to
     */
    public float[] draw(int count, int fanIn, int fanOut, Random random) {
        return switch (this) {
            case STANDARD, GLOROT_UNIFORM -> Glorot.uniform(count, fanIn, fanOut, random);
            case GLOROT_NORMAL -> GaussianWeights.draw(count, Math.sqrt(2.0 / (fanIn + fanOut)), random);
            case HE_NORMAL -> GaussianWeights.draw(count, Math.sqrt(2.0 / fanIn), random);
            case HE_UNIFORM -> uniform(count, Math.sqrt(6.0 / fanIn), random);
            case LECUN -> GaussianWeights.draw(count, Math.sqrt(1.0 / fanIn), random);
        };
    }

    private static float[] uniform(int count, double limit, Random random) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
        return weights;
    }
}
