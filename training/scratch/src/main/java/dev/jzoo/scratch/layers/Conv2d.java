package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A convolution of pictures (a cross-correlation, as in all frameworks), from [batch, channels, height, width] to [batch, filters,
 * rows, columns]: a dense layer that sees one window at a time and has the same weights at every place.
 *
 * <pre>
 * y[n, f, i, j] = b[f] + sum over c, u, v of w[f, c, u, v] x[n, c, s i + u - p, s j + v - p]
 * </pre>
 */
public final class Conv2d implements NeuralLayer {

    private final Weight weight;
    private final Weight bias;
    private final int stride;
    private final int padding;
    private SlidingWindows windows;
    private Array unfolded;
    private int batch;

    /**
     * Creates a layer with initial weights.
     *
     * @param weight [filters, channels, kernel height, kernel width]
     * @param bias [filters]
     * @param stride distance of the windows, s
     * @param padding width of the border of zeros, p
     */
    public Conv2d(Array weight, Array bias, int stride, int padding) {
        this.weight = new Weight("weight", weight);
        this.bias = new Weight("bias", bias);
        this.stride = stride;
        this.padding = padding;
    }

    /**
     * Creates a layer with random weights, and biases of 0.
     *
     * @param channels channels of the input
     * @param filters channels of the output
     * @param kernel side of a window
     * @param stride distance of the windows
     * @param padding width of the border of zeros
     */
    public static Conv2d of(
            int channels, int filters, int kernel, int stride, int padding, WeightInit init, Random random) {
        int window = kernel * kernel;
        Array weight = init.draw(random, channels * window, filters * window, filters, channels, kernel, kernel);
        return new Conv2d(weight, Array.zeros(filters), stride, padding);
    }

    /** Returns the distance of the windows. */
    public int stride() {
        return stride;
    }

    /** Returns the width of the border of zeros. */
    public int padding() {
        return padding;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        windows = windowsOf(input);
        unfolded = windows.unfold(input);
        batch = input.size(0);
        Array byPlace = unfolded.dotTransposed(kernels()).addToRows(bias.value());
        return channelsFirst(byPlace, batch, windows.rows(), windows.columns());
    }

    @Override
    public Array backward(Array gradient) {
        setGradients(gradient);
        return windows.fold(channelsLast(gradient).dot(kernels()), batch);
    }

    @Override
    public void setGradients(Array gradient) {
        Array byPlace = channelsLast(gradient);
        weight.setGradient(byPlace.transposedDot(unfolded));
        bias.setGradient(byPlace.sumOfRows());
    }

    private SlidingWindows windowsOf(Array input) {
        Array w = weight.value();
        if (input.rank() != 4 || input.size(1) != w.size(1)) {
            throw new IllegalArgumentException("A convolution of pictures [batch, " + w.size(1)
                    + ", height, width] cannot process the shape " + Arrays.toString(input.shape()) + ".");
        }
        return new SlidingWindows(w.size(1), input.size(2), input.size(3), w.size(2), w.size(3), stride, padding);
    }

    /** Returns the kernels, one row for each filter. */
    private Array kernels() {
        int filters = weight.value().size(0);
        return weight.value().reshape(filters, weight.value().count() / filters);
    }

    @Override
    public List<Weight> weights() {
        return List.of(weight, bias);
    }

    /** Returns [batch rows columns, channels] as [batch, channels, rows, columns]. */
    private static Array channelsFirst(Array byPlace, int batch, int rows, int columns) {
        int channels = byPlace.size(1);
        Array result = Array.zeros(batch, channels, rows, columns);
        int places = rows * columns;
        for (int n = 0; n < batch; n++) {
            for (int place = 0; place < places; place++) {
                for (int c = 0; c < channels; c++) {
                    result.values()[(n * channels + c) * places + place] =
                            byPlace.values()[(n * places + place) * channels + c];
                }
            }
        }
        return result;
    }

    /** Returns [batch, channels, rows, columns] as [batch rows columns, channels]. */
    private static Array channelsLast(Array pictures) {
        int batch = pictures.size(0);
        int channels = pictures.size(1);
        int places = pictures.size(2) * pictures.size(3);
        Array result = Array.zeros(batch * places, channels);
        for (int n = 0; n < batch; n++) {
            for (int c = 0; c < channels; c++) {
                for (int place = 0; place < places; place++) {
                    result.values()[(n * places + place) * channels + c] =
                            pictures.values()[(n * channels + c) * places + place];
                }
            }
        }
        return result;
    }
}
