package dev.jzoo.training.examples;

/**
 * Inputs with what a network shall say to each: where a learner reads its batches from. Numbers and classes alike are
 * floats here; classes and identifiers are whole ones, below 2^24.
 *
 * <p>What is random in an example (the augmentation of a picture) is a function of the example and the epoch, so that a run
 * can be resumed and does not depend on the number of threads.
 */
public interface Examples {

    /** What the numbers of an input are. */
    enum InputKind {
        /** Real numbers. */
        NUMBERS,
        /** Whole numbers that name things: characters, for an embedding. */
        IDENTIFIERS
    }

    /** In which order an epoch goes through examples. */
    enum Order {
        /** A permutation of its own for each epoch. */
        SHUFFLED,
        /**
         * As they are numbered. Each example of a batch goes on where the one in its place in the batch before has ended, so that
         * a learner carries the network's state from batch to batch: truncated backpropagation through time (Williams and
         * Peng, 1990). All batches have the same size. An epoch begins with a state of 0.
         */
        CONTINUING
    }

    /** Number of examples. */
    int size();

    /** Shape of one example's input. A copy. */
    long[] inputShape();

    /** Shape of one example's target: empty for one class, [n] for n numbers, [steps] for a class at each step. A copy. */
    long[] targetShape();

    /**
     * Copies examples to the beginning of two arrays, in the order in which they are named. Called by one thread at a time.
     *
     * @param indices of examples
     * @param from first of the indices that is read
     * @param to behind the last one
     * @param epoch that the examples are read for, from 0
     * @param inputs takes [to - from, inputShape...]
     * @param targets takes [to - from, targetShape...]
     */
    void read(int[] indices, int from, int to, int epoch, float[] inputs, float[] targets);

    /** What the numbers of an input are; real numbers if not said. */
    default InputKind inputKind() {
        return InputKind.NUMBERS;
    }

    /** In which order an epoch goes through them; shuffled if not said. */
    default Order order() {
        return Order.SHUFFLED;
    }

    /** Numbers in one example's input. */
    default int inputSize() {
        return product(inputShape());
    }

    /** Numbers in one example's target: 1 for a class. */
    default int targetSize() {
        return product(targetShape());
    }

    /**
     * Examples of classes, kept in arrays. Holds the inputs without a copy; whoever gives them must not change them.
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
     * Examples of numbers, kept in arrays. Holds both without a copy; whoever gives them must not change them.
     *
     * @param inputs [examples, inputShape...]
     * @param targets [examples, targetSize]
     * @param targetSize numbers for each example
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
