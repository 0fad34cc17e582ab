package dev.jzoo.training;

/**
 * The objective that training minimises, as a mean over the examples of a batch. {@code toString} describes it for
 * people.
 */
public sealed interface Objective {

    /**
     * Cross-entropy of the softmax of logits, along the last axis, with the class of each example, in nats.
     *
     * @param smoothing share of a target's probability that is spread evenly over all classes, from 0 to below 1
     *     (Szegedy et al., Rethinking the Inception architecture, 2015)
     */
    record CrossEntropy(double smoothing) implements Objective {
        public CrossEntropy {
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException("Label smoothing must be from 0 to below 1, not " + smoothing + ".");
            }
        }

        @Override
        public String toString() {
            return "cross-entropy" + (smoothing == 0 ? "" : " with labels smoothed by " + smoothing);
        }
    }

    /** Square of the difference between prediction and target, averaged over the target's numbers. */
    record MeanSquaredError() implements Objective {
        @Override
        public String toString() {
            return "mean squared error";
        }
    }

    /** Returns the cross-entropy without label smoothing. */
    static Objective crossEntropy() {
        return new CrossEntropy(0);
    }

    /** Returns the square of the difference between prediction and target. */
    static Objective meanSquaredError() {
        return new MeanSquaredError();
    }
}
