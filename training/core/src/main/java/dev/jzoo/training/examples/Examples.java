package dev.jzoo.training.examples;

/**
 * Inputs with their targets, from which a learner reads its batches. Numbers and classes are both floats here; classes
 * and identifiers are whole numbers below 2^24.
 *
 * <p>All random changes to an example, such as the augmentation of a picture, are functions of the example and the
 * epoch. So a run can be resumed and does not depend on the number of threads.
 */
public interface Examples {

    /** Kind of the numbers of an input. */
    enum InputKind {
        /** Real numbers. */
        NUMBERS,
        /** Whole numbers that identify things, such as characters for an embedding. */
        IDENTIFIERS
    }

    /** Order of the examples in an epoch. */
    enum Order {
        /** A new permutation in each epoch. */
        SHUFFLED,
        /**
         * The order of their numbers. Each example of a batch continues the one at its position in the previous batch,
         * so that a learner carries the network's state from batch to batch: truncated backpropagation through time
         * (Williams and Peng, 1990). All batches have the same size. An epoch starts with a state of 0.
         */
        CONTINUING
    }

    /** Returns the number of examples. */
    int size();

    /** Returns the shape of one example's input. The array is a copy. */
    long[] inputShape();

    /**
     * Returns the shape of one example's target: empty for one class, [n] for n numbers, [steps] for a class at each
     * step. The array is a copy.
     */
    long[] targetShape();

    /**
     * Copies examples to the beginning of two arrays, in the order of the indices. Called by one thread at a time.
     *
     * @param indices indices of examples
     * @param from position of the first index to read
     * @param to position after the last index to read
     * @param epoch number of the epoch, from 0
     * @param inputs receives [to - from, inputShape...]
     * @param targets receives [to - from, targetShape...]
     */
    void read(int[] indices, int from, int to, int epoch, float[] inputs, float[] targets);

    /** Returns the kind of the numbers of an input. The default is real numbers. */
    default InputKind inputKind() {
        return InputKind.NUMBERS;
    }

    /** Returns the order of the examples in an epoch. The default is shuffled. */
    default Order order() {
        return Order.SHUFFLED;
    }

    /** Returns the number of values in one example's input. */
    default int inputSize() {
        return product(inputShape());
    }

    /** Returns the number of values in one example's target: 1 for a class. */
    default int targetSize() {
        return product(targetShape());
    }

    /**
     * Returns examples with classes, in arrays. Uses the inputs without a copy; do not change them.
     *
     * @param inputs [examples, inputShape...]
     * @param labels class of each example, from 0
     * @param inputShape shape of one example
     */
    static Examples classes(float[] inputs, int[] labels, long... inputShape) {
        float[] targets = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = labels[i];
        }
        return new ArrayExamples(inputs, inputShape, targets, new long[0]);
    }

    /**
     * Returns examples with numbers as targets, in arrays. Uses both without a copy; do not change them.
     *
     * @param inputs [examples, inputShape...]
     * @param targets [examples, targetSize]
     * @param targetSize number of target values per example
     * @param inputShape shape of one example
     */
    static Examples numbers(float[] inputs, float[] targets, int targetSize, long... inputShape) {
        return new ArrayExamples(inputs, inputShape, targets, new long[] {targetSize});
    }

    private static int product(long[] shape) {
        int product = 1;
        for (long axis : shape) {
            product = Math.toIntExact(Math.multiplyExact(product, axis));
        }
        return product;
    }
}
