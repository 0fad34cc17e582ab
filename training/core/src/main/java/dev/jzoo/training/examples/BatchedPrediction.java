package dev.jzoo.training.examples;

/** Runs examples through a network in batches. */
public final class BatchedPrediction {

    /** Gives the outputs of some inputs: [count, outputs] for [count, inputShape...]. */
    @FunctionalInterface
    public interface BatchFunction {
        float[] outputs(float[] inputs, int count);
    }

    private BatchedPrediction() {}

    /**
     * Runs examples through a network: [examples, outputs].
     *
     * @param batch most examples at a time
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
