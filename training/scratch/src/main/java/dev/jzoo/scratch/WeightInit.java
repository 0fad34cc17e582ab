package dev.jzoo.scratch;

import java.util.Random;

/**
 * A distribution of initial weights. How far from 0 a layer starts decides whether signals and gradients keep their size on the way
 * through the layers. Fan in is the number of inputs of a unit, fan out the number of units that an input feeds.
 */
@FunctionalInterface
public interface WeightInit {

    /** Returns random weights of a shape. */
    Array draw(Random random, int fanIn, int fanOut, int... shape);

    /** Returns zeros: the hidden units of a layer stay identical for ever. */
    static WeightInit zero() {
        return (random, fanIn, fanOut, shape) -> Array.zeros(shape);
    }

    /** Returns normal numbers with a standard deviation that does not depend on the size of the layer. */
    static WeightInit normal(double deviation) {
        return (random, fanIn, fanOut, shape) -> normal(random, deviation, shape);
    }

    /** Returns normal numbers with variance 2 / (fan in + fan out), for sigmoid and tanh (Glorot and Bengio, 2010). */
    static WeightInit xavier() {
        return (random, fanIn, fanOut, shape) -> normal(random, Math.sqrt(2.0 / (fanIn + fanOut)), shape);
    }

    /** Returns numbers between plus and minus sqrt(6 / (fan in + fan out)), whose variance is that of {@link #xavier()}. */
    static WeightInit xavierUniform() {
        return (random, fanIn, fanOut, shape) -> {
            double limit = Math.sqrt(6.0 / (fanIn + fanOut));
            return Array.zeros(shape).map(zero -> limit * (2 * random.nextDouble() - 1));
        };
    }

    /** Returns normal numbers with variance 2 / fan in, for ReLU, which halves the mean square of its input (He et al., 2015). */
    static WeightInit he() {
        return (random, fanIn, fanOut, shape) -> normal(random, Math.sqrt(2.0 / fanIn), shape);
    }

    private static Array normal(Random random, double deviation, int... shape) {
        return Array.zeros(shape).map(zero -> deviation * random.nextGaussian());
    }
}
