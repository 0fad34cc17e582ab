package dev.jzoo.training.fit;

/**
 * Inputs with what a network shall say to each, in plain arrays. Holds the arrays that it is given, without a copy;
 * whoever gives them must not change them afterwards.
 */
public final class Examples {

    private final float[] inputs;
    private final long[] inputShape;
    private final float[] targets;
    private final int targetSize;
    private final int size;

    private Examples(float[] inputs, long[] inputShape, float[] targets, int targetSize) {
        int inputSize = 1;
        for (long axis : inputShape) {
            inputSize = Math.toIntExact(Math.multiplyExact((long) inputSize, axis));
        }
        this.size = targets.length / targetSize;
        if (targets.length != (long) size * targetSize || inputs.length != (long) size * inputSize) {
            throw new IllegalArgumentException(size + " targets of " + targetSize + " values go with "
                    + (long) size * inputSize + " input values, not " + inputs.length + ".");
        }
        this.inputs = inputs;
        this.inputShape = inputShape.clone();
        this.targets = targets;
        this.targetSize = targetSize;
    }

    /**
     * Examples of classes.
     *
     * @param inputs [examples, inputShape...]
     * @param labels class of each example, from 0
     * @param inputShape shape of one example
     */
    public static Examples classes(float[] inputs, int[] labels, long... inputShape) {
        float[] targets = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = labels[i];
        }
        return new Examples(inputs, inputShape, targets, 1);
    }

    /**
     * Examples of numbers.
     *
     * @param inputs [examples, inputShape...]
     * @param targets [examples, targetSize]
     * @param targetSize numbers for each example
     * @param inputShape shape of one example
     */
    public static Examples numbers(float[] inputs, float[] targets, int targetSize, long... inputShape) {
        return new Examples(inputs, inputShape, targets, targetSize);
    }

    /** Number of examples. */
    public int size() {
        return size;
    }

    /** Shape of one example's input. A copy. */
    public long[] inputShape() {
        return inputShape.clone();
    }

    /** Numbers in one example's input. */
    public int inputSize() {
        return inputs.length / size;
    }

    /** Numbers in one example's target: 1 for a class. */
    public int targetSize() {
        return targetSize;
    }

    float[] inputs() {
        return inputs;
    }

    float[] targets() {
        return targets;
    }

    /** Shape of that many inputs at once. */
    public long[] batchShape(long count) {
        long[] shape = new long[inputShape.length + 1];
        shape[0] = count;
        System.arraycopy(inputShape, 0, shape, 1, inputShape.length);
        return shape;
    }
}
