package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;

/**
 * Softmax over the last axis, y_i = e^x_i / sum of e^x_j, with dL/dx_i = y_i (dL/dy_i - sum of y_j dL/dy_j).
 *
 * <p>e^1000 overflows, so {@link #softmax} subtracts the largest x of a row first; this does not change y. {@link #naive} does not, and
 * is here to show what happens.
 */
public final class SoftmaxLayer implements NeuralLayer {

    private Array output = Array.zeros(0, 0);

    /** Returns the softmax of each row, without overflow. */
    public static Array softmax(Array logits) {
        int columns = logits.size(logits.rank() - 1);
        Array result = logits.copy();
        double[] values = result.values();
        for (int row = 0; row < values.length; row += columns) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < columns; j++) {
                largest = Math.max(largest, values[row + j]);
            }
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                values[row + j] = Math.exp(values[row + j] - largest);
                sum += values[row + j];
            }
            for (int j = 0; j < columns; j++) {
                values[row + j] /= sum;
            }
        }
        return result;
    }

    /** Returns e^x / sum of e^x for each row, as the formula says. The result is NaN when an exponential overflows. */
    public static Array naive(Array logits) {
        int columns = logits.size(logits.rank() - 1);
        Array result = logits.map(Math::exp);
        double[] values = result.values();
        for (int row = 0; row < values.length; row += columns) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += values[row + j];
            }
            for (int j = 0; j < columns; j++) {
                values[row + j] /= sum;
            }
        }
        return result;
    }

    /** Returns dL/dx from y and dL/dy. */
    static Array backward(Array output, Array gradient) {
        int columns = output.size(output.rank() - 1);
        Array before = Array.zeros(output.shape());
        for (int row = 0; row < output.count(); row += columns) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += output.values()[row + j] * gradient.values()[row + j];
            }
            for (int j = 0; j < columns; j++) {
                before.values()[row + j] = output.values()[row + j] * (gradient.values()[row + j] - sum);
            }
        }
        return before;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        output = softmax(input);
        return output;
    }

    @Override
    public Array backward(Array gradient) {
        return backward(output, gradient);
    }
}
