package dev.jzoo.training.examples;

/**
 * A batch of examples.
 *
 * @param size number of examples
 * @param inputs [size, inputShape...]; may be longer
 * @param targets [size, targetShape...]; may be longer
 */
public record Batch(int size, float[] inputs, float[] targets) {

    /** Reads examples into arrays of exactly their size. */
    public static Batch read(Examples examples, int[] indices, int from, int to, int epoch) {
        float[] inputs = new float[(to - from) * examples.inputSize()];
        float[] targets = new float[(to - from) * examples.targetSize()];
        examples.read(indices, from, to, epoch, inputs, targets);
        return new Batch(to - from, inputs, targets);
    }
}
