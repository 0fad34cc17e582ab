package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import java.util.List;

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
     * A layer with initial weights.
     *
     * @param weight [filters, channels, kernel, kernel]
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
        windows = SlidingWindows.of(input, weight.value().size(2), stride, padding);
        unfolded = windows.unfold(input);
        batch = input.size(0);
        Array byPlace = unfolded.dotTransposed(kernels()).addToRows(bias.value());
        return channelsFirst(byPlace, batch, windows.rows(), windows.columns());
    }

    @Override
    public Array backward(Array gradient) {
        Array byPlace = channelsLast(gradient);
        weight.setGradient(byPlace.transposedDot(unfolded));
        bias.setGradient(byPlace.sumOfRows());
        return windows.fold(byPlace.dot(kernels()), batch);
    }

    /** One row for each filter. */
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
