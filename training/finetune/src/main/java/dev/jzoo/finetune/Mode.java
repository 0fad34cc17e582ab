package dev.jzoo.finetune;

/** Choice of the layers to train. {@code toString} returns its name on the command line. */
public sealed interface Mode {

    /**
     * Describes the training, in words.
     *
     * @param seed seed of all random choices
     */
    String describe(long seed);

    /** Trains a new last layer; the base keeps its weights. */
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
     * Trains a new last layer first; then all layers, with lower learning rates near the input.
     *
     * @param start initial weights of the base's layers
     * @param epochs largest number of epochs
     * @param batch number of pictures in a step
     * @param learningRate peak learning rate of the last layers
     */
    record Full(Start start, int epochs, int batch, double learningRate) implements Mode {

        public Full {
            if (epochs < 1 || batch < 1 || !(learningRate > 0)) {
                throw new IllegalArgumentException(
                        "Epochs and batch must be 1 or more and the learning rate above 0, not " + epochs + ", " + batch
                                + " and " + learningRate + ".");
            }
        }

        /**
         * Returns the default settings: 10 epochs from a base's weights; 40 epochs and a higher learning rate from
         * random ones.
         */
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

    /** Initial weights of the layers. */
    enum Start {
        /** The base's weights. */
        BASE,
        /** Random weights, to measure the value of the base's. */
        RANDOM
    }
}
