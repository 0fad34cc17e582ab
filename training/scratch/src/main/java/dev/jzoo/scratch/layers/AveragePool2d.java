package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;

/** The mean of each window of each channel. Each value of a window gets an equal share of the gradient. */
public final class AveragePool2d implements NeuralLayer {

    private final int kernel;
    private final int stride;
    private SlidingWindows windows;
    private int[] shape = {};

    /**
     * Creates a layer.
     *
     * @param kernel side of a window
     * @param stride distance of the windows
     */
    public AveragePool2d(int kernel, int stride) {
        this.kernel = kernel;
        this.stride = stride;
    }

    /** Returns the side of a window. */
    public int kernel() {
        return kernel;
    }

    /** Returns the distance of the windows. */
    public int stride() {
        return stride;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        shape = input.shape();
        windows = new SlidingWindows(1, shape[2], shape[3], kernel, kernel, stride, 0);
        Array unfolded = windows.unfold(input.reshape(shape[0] * shape[1], 1, shape[2], shape[3]));
        Array output = Array.zeros(shape[0], shape[1], windows.rows(), windows.columns());
        int size = kernel * kernel;
        for (int i = 0; i < output.count(); i++) {
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += unfolded.values()[i * size + k];
            }
            output.values()[i] = sum / size;
        }
        return output;
    }

    @Override
    public Array backward(Array gradient) {
        int size = kernel * kernel;
        Array unfolded = Array.zeros(gradient.count(), size);
        for (int i = 0; i < unfolded.count(); i++) {
            unfolded.values()[i] = gradient.values()[i / size] / size;
        }
        return windows.fold(unfolded, shape[0] * shape[1]).reshape(shape);
    }
}
