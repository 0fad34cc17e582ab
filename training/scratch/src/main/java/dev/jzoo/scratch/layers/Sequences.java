package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;

/** Steps of sequences, [batch, steps, features]. */
final class Sequences {

    private Sequences() {}

    /** Returns one step, [batch, features]. */
    static Array step(Array sequences, int step) {
        int batch = sequences.size(0);
        int steps = sequences.size(1);
        int features = sequences.size(2);
        Array result = Array.zeros(batch, features);
        for (int n = 0; n < batch; n++) {
            System.arraycopy(
                    sequences.values(), (n * steps + step) * features, result.values(), n * features, features);
        }
        return result;
    }

    /** Sets one step, [batch, features]. */
    static void setStep(Array sequences, int step, Array values) {
        int batch = sequences.size(0);
        int steps = sequences.size(1);
        int features = sequences.size(2);
        for (int n = 0; n < batch; n++) {
            System.arraycopy(
                    values.values(), n * features, sequences.values(), (n * steps + step) * features, features);
        }
    }

    /** Returns some columns of a matrix. */
    static Array columns(Array matrix, int from, int count) {
        Array result = Array.zeros(matrix.size(0), count);
        for (int i = 0; i < matrix.size(0); i++) {
            System.arraycopy(matrix.values(), i * matrix.size(1) + from, result.values(), i * count, count);
        }
        return result;
    }

    /** Returns matrices with the same rows next to each other. */
    static Array concatenated(Array... matrices) {
        int columns = 0;
        for (Array matrix : matrices) {
            columns += matrix.size(1);
        }
        Array result = Array.zeros(matrices[0].size(0), columns);
        int from = 0;
        for (Array matrix : matrices) {
            for (int i = 0; i < matrix.size(0); i++) {
                System.arraycopy(
                        matrix.values(), i * matrix.size(1), result.values(), i * columns + from, matrix.size(1));
            }
            from += matrix.size(1);
        }
        return result;
    }
}
