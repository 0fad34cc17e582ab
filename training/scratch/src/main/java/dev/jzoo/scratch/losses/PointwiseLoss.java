package dev.jzoo.scratch.losses;

import dev.jzoo.scratch.Array;

/**
 * Losses of single outputs y with targets t. The loss of an example is the mean over its outputs. Targets of {@link #PERCEPTRON} and
 * {@link #HINGE} are -1 and 1, those of {@link #BINARY_CROSS_ENTROPY} from 0 to 1.
 */
public enum PointwiseLoss implements LossFunction {

    /** (y - t)²; gradient 2 (y - t). */
    MEAN_SQUARED_ERROR {
        @Override
        double at(double y, double t) {
            return (y - t) * (y - t);
        }

        @Override
        double slope(double y, double t) {
            return 2 * (y - t);
        }
    },

    /** Squared up to a distance of 1, linear further out (Huber, 1964): an outlier pulls with a bounded force. */
    HUBER {
        @Override
        double at(double y, double t) {
            double distance = Math.abs(y - t);
            return distance <= 1 ? distance * distance / 2 : distance - 0.5;
        }

        @Override
        double slope(double y, double t) {
            return Math.max(-1, Math.min(1, y - t));
        }
    },

    /** -t ln y - (1 - t) ln(1 - y), for probabilities y; gradient (y - t) / (y (1 - y)). */
    BINARY_CROSS_ENTROPY {
        @Override
        double at(double y, double t) {
            return -t * Math.log(y) - (1 - t) * Math.log(1 - y);
        }

        @Override
        double slope(double y, double t) {
            return (y - t) / (y * (1 - y));
        }
    },

    /** max(0, -t y): 0 on the right side of the border, however near it is. */
    PERCEPTRON {
        @Override
        double at(double y, double t) {
            return Math.max(0, -t * y);
        }

        @Override
        double slope(double y, double t) {
            return t * y < 0 ? -t : 0;
        }
    },

    /** max(0, 1 - t y): also asks for a margin of 1. */
    HINGE {
        @Override
        double at(double y, double t) {
            return Math.max(0, 1 - t * y);
        }

        @Override
        double slope(double y, double t) {
            return t * y < 1 ? -t : 0;
        }
    };

    /** Returns the loss of one output. */
    abstract double at(double y, double t);

    /** Returns the derivative with respect to y. */
    abstract double slope(double y, double t);

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
