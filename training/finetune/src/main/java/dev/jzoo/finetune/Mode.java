package dev.jzoo.finetune;

/** Which layers of a base learn. {@code toString} is what the command line calls it. */
public sealed interface Mode {

    /**
     * How layers learn, in words.
     *
     * @param seed of what is random
     */
    String describe(long seed);

    /** The base stays as it is; a new last layer learns. */
    record HeadOnly() implements Mode {

        @Override
        public String describe(long seed) {
            return "the last layer on standardised features: softmax regression by L-BFGS, whose weight decay cross-validation"
                    + " chooses; of few pictures, its mean with a linear discriminant whose covariance is shrunk by half; seed "
                    + seed;
        }

        @Override
        public String toString() {
            return "head";
        }
    }

    /**
     * A new last layer learns first; then all layers learn on, those near the input slowly.
     *
     * @param start weights of the base's layers when this begins
     * @param epochs at most
     * @param batch pictures of a step
     * @param learningRate of the last layers, at its highest
     */
    record Full(Start start, int epochs, int batch, double learningRate) implements Mode {

        public Full {
            if (epochs < 1 || batch < 1 || !(learningRate > 0)) {
                throw new IllegalArgumentException("Epochs and batch are 1 or more and a learning rate is above 0, not "
                        + epochs + ", " + batch + " and " + learningRate + ".");
            }
        }

        /** Returns the usual settings: 10 epochs from a base's weights, 40 and a higher learning rate from random ones. */
        public static Full of(Start start) {
            return start == Start.BASE ? new Full(start, 10, 16, 5e-4) : new Full(start, 40, 16, 2e-3);
        }

        @Override
        public String describe(long seed) {
            return new HeadOnly().describe(seed) + "; then " + new TuningPlan(this, seed).words();
        }

        @Override
        public String toString() {
            return start == Start.BASE ? "full" : "scratch";
        }
    }

    /** What layers begin with. */
    enum Start {
        /** The base's weights. */
        BASE,
        /** Random weights, to see what the base's are worth. */
        RANDOM
    }
}
