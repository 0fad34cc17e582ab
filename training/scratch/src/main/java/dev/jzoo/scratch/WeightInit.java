package dev.jzoo.scratch;

import java.util.Random;

/** Initial weights: how far from 0 a layer starts decides whether signals and gradients keep their size on the way through the layers. */
public enum WeightInit {

    /** All 0: hidden units of a layer stay identical for ever. */
    ZERO {
        @Override
        double deviation(int fanIn, int fanOut) {
            return 0;
        }
    },

    /** Normal with variance 1, whatever the size of the layer. */
    STANDARD_NORMAL {
        @Override
        double deviation(int fanIn, int fanOut) {
            return 1;
        }
    },

    /** Normal with variance 2 / (fan in + fan out), for sigmoid and tanh (Glorot and Bengio, 2010, "Xavier"). */
    XAVIER {
        @Override
        double deviation(int fanIn, int fanOut) {
            return Math.sqrt(2.0 / (fanIn + fanOut));
        }
    },

    /** Normal with variance 2 / fan in, for ReLU, which halves the variance of its input (He et al., 2015). */
    HE {
        @Override
        double deviation(int fanIn, int fanOut) {
            return Math.sqrt(2.0 / fanIn);
        }
    };

    /** Returns the standard deviation of a weight. */
    abstract double deviation(int fanIn, int fanOut);

    /** Returns weights of a shape. */
    public Array draw(Random random, int fanIn, int fanOut, int... shape) {
        double deviation = deviation(fanIn, fanOut);
        return Array.zeros(shape).map(zero -> deviation * random.nextGaussian());
    }
}
