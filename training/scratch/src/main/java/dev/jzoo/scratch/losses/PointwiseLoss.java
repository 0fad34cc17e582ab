package dev.jzoo.scratch.losses;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.Elementwise;

/**
 * Losses of single outputs y with targets t. The loss of an example is the mean over its outputs. Targets of {@link #PERCEPTRON} and
 * {@link #HINGE} are -1 and 1, those of {@link #BINARY_CROSS_ENTROPY} and {@link #SIGMOID_CROSS_ENTROPY} from 0 to 1.
 */
public enum PointwiseLoss implements LossFunction {

    /** (y - t)²; gradient 2 (y - t). */
    MEAN_SQUARED_ERROR {
        @Override
        public double at(double y, double t) {
            return (y - t) * (y - t);
        }

        @Override
        public double slope(double y, double t) {
            return 2 * (y - t);
        }
    },

    /** Squared up to a distance of 1, linear further out (Huber, 1964): an outlier pulls with a bounded force. */
    HUBER {
        @Override
        public double at(double y, double t) {
            double distance = Math.abs(y - t);
            return distance <= 1 ? distance * distance / 2 : distance - 0.5;
        }

        @Override
        public double slope(double y, double t) {
            return Math.max(-1, Math.min(1, y - t));
        }
    },

    /**
     * -t ln y - (1 - t) ln(1 - y), for probabilities y; gradient (y - t) / (y (1 - y)). Logarithms below -100 count as -100, and divisors
     * below 1e-12 as 1e-12, so that y = 0 and y = 1 stay finite (as in PyTorch).
     */
    BINARY_CROSS_ENTROPY {
        @Override
        public double at(double y, double t) {
            return -t * Math.max(-100, Math.log(y)) - (1 - t) * Math.max(-100, Math.log(1 - y));
        }

        @Override
        public double slope(double y, double t) {
            return (y - t) / Math.max(1e-12, y * (1 - y));
        }
    },

    /**
     * {@link #BINARY_CROSS_ENTROPY} of the probability 1 / (1 + e^-y), for logits y: max(0, y) - t y + ln(1 + e^-|y|). The gradient is
     * the probability - t.
     */
    SIGMOID_CROSS_ENTROPY {
        @Override
        public double at(double y, double t) {
            return Math.max(0, y) - t * y + Math.log1p(Math.exp(-Math.abs(y)));
        }

        @Override
        public double slope(double y, double t) {
            return Elementwise.Function.SIGMOID.at(y) - t;
        }
    },

    /** max(0, -t y): 0 on the right side of the border, however near it is. On the border the slope is -t, so that weights of 0 learn. */
    PERCEPTRON {
        @Override
        public double at(double y, double t) {
            return Math.max(0, -t * y);
        }

        @Override
        public double slope(double y, double t) {
            return t * y <= 0 ? -t : 0;
        }
    },

    /** max(0, 1 - t y): also asks for a margin of 1. */
    HINGE {
        @Override
        public double at(double y, double t) {
            return Math.max(0, 1 - t * y);
        }

        @Override
        public double slope(double y, double t) {
            return t * y < 1 ? -t : 0;
        }
    };

    /** Returns the loss of one output. */
    public abstract double at(double y, double t);

    /** Returns the derivative with respect to y. */
    public abstract double slope(double y, double t);

    @Override
    public double value(Array outputs, Array targets) {
        return outputs.map(targets, this::at).sum() / outputs.count();
    }

    @Override
    public Array gradient(Array outputs, Array targets) {
        double count = outputs.count();
        return outputs.map(targets, (y, t) -> slope(y, t) / count);
    }
}
