package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;

/**
 * The largest value of each window of each channel, from [batch, channels, height, width] to [batch, channels, rows, columns]. The
 * gradient goes to the place of the largest value, the first one on a tie.
 */
public final class MaxPool2d implements NeuralLayer {

    private final int kernel;
    private final int stride;
    private int[] origins = {};
    private int[] shape = {};

    /**
     * Creates a layer.
     *
     * @param kernel side of a window
     * @param stride distance of the windows
     */
    public MaxPool2d(int kernel, int stride) {
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
        int maps = shape[0] * shape[1];
        SlidingWindows windows = new SlidingWindows(1, shape[2], shape[3], kernel, kernel, stride, 0);
        int[] places = windows.places();
        int size = kernel * kernel;
        int outputs = windows.rows() * windows.columns();
        Array output = Array.zeros(shape[0], shape[1], windows.rows(), windows.columns());
        origins = new int[maps * outputs];
        for (int i = 0; i < origins.length; i++) {
            int map = i / outputs * shape[2] * shape[3];
            int window = i % outputs * size;
            int best = map + places[window];
            for (int k = 1; k < size; k++) {
                int place = map + places[window + k];
                best = input.values()[place] > input.values()[best] ? place : best;
            }
            origins[i] = best;
            output.values()[i] = input.values()[best];
        }
        return output;
    }

    @Override
    public Array backward(Array gradient) {
        Array before = Array.zeros(shape);
        for (int i = 0; i < origins.length; i++) {
            before.values()[origins[i]] += gradient.values()[i];
        }
        return before;
    }
}
