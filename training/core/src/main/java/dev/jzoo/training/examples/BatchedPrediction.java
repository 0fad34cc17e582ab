package dev.jzoo.training.examples;

/** Prediction for examples in batches. */
public final class BatchedPrediction {

    /** A function from inputs [count, inputShape...] to outputs [count, outputs]. */
    @FunctionalInterface
    public interface BatchFunction {
        float[] outputs(float[] inputs, int count);
    }

    private BatchedPrediction() {}

    /**
     * Runs a network on examples. Returns [examples, outputs].
     *
     * @param batch largest number of examples at a time
     */
    public static float[] of(Examples examples, int batch, BatchFunction network) {
        int[] all = new int[examples.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        float[] outputs = new float[0];
        for (int from = 0; from < all.length; from += batch) {
            Batch read = Batch.read(examples, all, from, Math.min(from + batch, all.length), 0);
            float[] part = network.outputs(read.inputs(), read.size());
            int each = part.length / read.size();
            if (from == 0) {
                outputs = new float[all.length * each];
            }
            System.arraycopy(part, 0, outputs, from * each, part.length);
        }
        return outputs;
    }
}
