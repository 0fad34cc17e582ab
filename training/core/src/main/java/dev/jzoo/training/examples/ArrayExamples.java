package dev.jzoo.training.examples;

/** Examples in arrays, small enough for an engine to hold all of them at once. */
public final class ArrayExamples implements Examples {

    private final float[] inputs;
    private final long[] inputShape;
    private final float[] targets;
    private final long[] targetShape;
    private final int size;

    ArrayExamples(float[] inputs, long[] inputShape, float[] targets, long[] targetShape) {
        this.inputs = inputs;
        this.inputShape = inputShape.clone();
        this.targets = targets;
        this.targetShape = targetShape.clone();
        this.size = targets.length / targetSize();
        if (targets.length != (long) size * targetSize() || inputs.length != (long) size * inputSize()) {
            throw new IllegalArgumentException(size + " targets of " + targetSize() + " values require "
                    + (long) size * inputSize() + " input values, not " + inputs.length + ".");
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long[] inputShape() {
        return inputShape.clone();
    }

    @Override
    public long[] targetShape() {
        return targetShape.clone();
    }

    /** Returns all inputs, [examples, inputShape...]. */
    public float[] inputs() {
        return inputs;
    }

    /** Returns all targets, [examples, targetShape...]. */
    public float[] targets() {
        return targets;
    }

    @Override
    public void read(int[] indices, int from, int to, int epoch, float[] inputRows, float[] targetRows) {
        int inputSize = inputSize();
        int targetSize = targetSize();
        for (int i = from; i < to; i++) {
            System.arraycopy(inputs, indices[i] * inputSize, inputRows, (i - from) * inputSize, inputSize);
            System.arraycopy(targets, indices[i] * targetSize, targetRows, (i - from) * targetSize, targetSize);
        }
    }
}
