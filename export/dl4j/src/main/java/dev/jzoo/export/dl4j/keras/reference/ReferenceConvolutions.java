package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel.ReferenceLayer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Convolutions. A kernel is [window..., channels in of a group, channels out]. */
final class ReferenceConvolutions {

    private ReferenceConvolutions() {}

    static void addTo(Map<String, ReferenceLayer> layers) {
        for (int axes = 1; axes <= 3; axes++) {
            int spatial = axes;
            layers.put("Conv" + axes + "D", c -> convolution(c, spatial));
        }
        for (int axes = 1; axes <= 2; axes++) {
            int spatial = axes;
            layers.put("DepthwiseConv" + axes + "D", c -> depthwise(c, spatial));
            layers.put("SeparableConv" + axes + "D", c -> separable(c, spatial));
            layers.put("LocallyConnected" + axes + "D", c -> locallyConnected(c, spatial));
        }
    }

    private static ReferenceValue convolution(LayerComputation c, int spatial) {
        int filters = c.settings().integer("filters", 0);
        int groups = c.settings().integer("groups", 1);
        return finished(c, filters, x -> {
            int[] kernelDims = kernelDims(c, spatial, x.last() / groups, filters);
            return convolve(x, c.weight("kernel", kernelDims), kernelDims, groups, windows(c, spatial, x));
        });
    }

    /** Computes a depthwise convolution: channel i of the input gives the channels i * multiplier + m. */
    private static ReferenceValue depthwise(LayerComputation c, int spatial) {
        int multiplier = c.settings().integer("depth_multiplier", 1);
        int channels = c.isChannelsFirst() ? c.input().dims()[1] : c.input().last();
        return finished(c, channels * multiplier, x -> depthwise(c, spatial, x, multiplier));
    }

    private static ReferenceValue depthwise(LayerComputation c, int spatial, ReferenceValue x, int multiplier) {
        int[] stored = kernelDims(c, spatial, x.last(), multiplier);
        float[] kernel = c.weight("depthwise_kernel", stored);
        // [window, channel, multiplier] is [window, 1, channel * multiplier] in groups of one channel.
        int[] grouped = kernelDims(c, spatial, 1, x.last() * multiplier);
        return convolve(x, kernel, grouped, x.last(), windows(c, spatial, x));
    }

    private static ReferenceValue separable(LayerComputation c, int spatial) {
        int multiplier = c.settings().integer("depth_multiplier", 1);
        int filters = c.settings().integer("filters", 0);
        return finished(c, filters, x -> {
            ReferenceValue deep = depthwise(c, spatial, x, multiplier);
            int[] ones = new int[spatial + 2];
            Arrays.fill(ones, 1);
            ones[spatial] = deep.last();
            ones[spatial + 1] = filters;
            Window[] points = new Window[spatial];
            for (int axis = 0; axis < spatial; axis++) {
                points[axis] = new Window(1, 1, 1, 0, deep.dims()[axis + 1]);
            }
            return convolve(deep, c.weight("pointwise_kernel", ones), ones, 1, points);
        });
    }

    /** Computes a convolution with a separate kernel for each position, [window * channels in, filters]. */
    private static ReferenceValue locallyConnected(LayerComputation c, int spatial) {
        ReferenceValue x = c.input();
        int filters = c.settings().integer("filters", 0);
        c.settings().text("data_format", "channels_last");
        Window[] windows = windows(c, spatial, x);
        Window h = spatial == 2 ? windows[0] : new Window(1, 1, 1, 0, 1);
        Window w = windows[spatial - 1];
        int width = x.dims()[spatial];
        int channels = x.last();
        int patch = h.size() * w.size() * channels;
        int[] biasDims =
                spatial == 2 ? new int[] {h.results(), w.results(), filters} : new int[] {w.results(), filters};
        float[] kernel = c.weight("kernel", h.results() * w.results(), patch, filters);
        c.settings().flag("use_bias", true);
        float[] bias = c.layer().has("bias") ? c.weight("bias", biasDims) : new float[ReferenceValue.size(biasDims)];
        int[] dims = spatial == 2
                ? new int[] {x.dims()[0], h.results(), w.results(), filters}
                : new int[] {x.dims()[0], w.results(), filters};
        float[] y = new float[ReferenceValue.size(dims)];
        int image = x.data().length / x.dims()[0];
        for (int i = 0; i < y.length; i++) {
            int filter = i % filters;
            int place = i / filters % (h.results() * w.results());
            int n = i / filters / (h.results() * w.results());
            double sum = bias[place * filters + filter];
            for (int p = 0; p < patch; p++) {
                int row = h.place(place / w.results(), p / channels / w.size());
                int column = w.place(place % w.results(), p / channels % w.size());
                double value = x.data()[n * image + (row * width + column) * channels + p % channels];
                sum += value * kernel[(place * patch + p) * filters + filter];
            }
            y[i] = (float) sum;
        }
        return ReferenceActivations.apply(c.settings().text("activation", "linear"), ReferenceValue.of(y, dims));
    }

    /** A computation with channels last. */
    interface Core {
        ReferenceValue of(ReferenceValue channelsLast);
    }

    /**
     * Adds bias and activation. The activation is over the channels, but a softmax is over the last axis of the layer's
     * own layout.
     */
    static ReferenceValue finished(LayerComputation c, int filters, Core core) {
        LayerSettings settings = c.settings();
        settings.flag("use_bias", true);
        float[] bias = c.weightOr(0, "bias", filters);
        ReferenceValue y = c.channelsLast(x -> {
            ReferenceValue result = core.of(x);
            for (int i = 0; i < result.data().length; i++) {
                result.data()[i] += bias[i % filters];
            }
            return result;
        });
        return ReferenceActivations.apply(settings.text("activation", "linear"), y);
    }

    static int[] kernelDims(LayerComputation c, int spatial, int in, int out) {
        int[] dims = Arrays.copyOf(c.settings().integers("kernel_size", spatial, 1), spatial + 2);
        dims[spatial] = in;
        dims[spatial + 1] = out;
        return dims;
    }

    private static Window[] windows(LayerComputation c, int spatial, ReferenceValue x) {
        int[] sizes = c.settings().integers("kernel_size", spatial, 1);
        int[] strides = c.settings().integers("strides", spatial, 1);
        boolean dilates = !c.layer().className().startsWith("LocallyConnected");
        int[] dilations = dilates ? c.settings().integers("dilation_rate", spatial, 1) : new int[] {1, 1};
        String padding = c.settings().text("padding", "valid");
        Window[] windows = new Window[spatial];
        for (int axis = 0; axis < spatial; axis++) {
            windows[axis] = Window.of(padding, x.dims()[axis + 1], sizes[axis], strides[axis], dilations[axis]);
        }
        return windows;
    }

    /**
     * Sums over the window and the channels of the output channel's group. With fewer than three axes, axes of size 1
     * are put in front.
     */
    private static ReferenceValue convolve(
            ReferenceValue x, float[] kernel, int[] kernelDims, int groups, Window[] windows) {
        int spatial = windows.length;
        int[] in = {1, 1, 1};
        Window[] w = new Window[] {new Window(1, 1, 1, 0, 1), new Window(1, 1, 1, 0, 1), new Window(1, 1, 1, 0, 1)};
        int[] dims = x.dims().clone();
        for (int axis = 0; axis < spatial; axis++) {
            in[3 - spatial + axis] = x.dims()[axis + 1];
            w[3 - spatial + axis] = windows[axis];
            dims[axis + 1] = windows[axis].results();
        }
        int channels = x.last();
        int filters = kernelDims[spatial + 1];
        dims[spatial + 1] = filters;
        float[] y = new float[ReferenceValue.size(dims)];
        int lines = x.dims()[0] * w[0].results() * w[1].results();
        int image = x.data().length / Math.max(1, x.dims()[0]);
        IntStream.range(0, lines).parallel().forEach(line -> {
            double[] sums = new double[filters];
            int d = line / w[1].results() % w[0].results();
            int h = line % w[1].results();
            int start = line / w[1].results() / w[0].results() * image;
            for (int column = 0; column < w[2].results(); column++) {
                Arrays.fill(sums, 0);
                for (int k = 0; k < w[0].size() * w[1].size() * w[2].size(); k++) {
                    int pd = w[0].place(d, k / w[2].size() / w[1].size());
                    int ph = w[1].place(h, k / w[2].size() % w[1].size());
                    int pw = w[2].place(column, k % w[2].size());
                    if (pd >= 0 && pd < in[0] && ph >= 0 && ph < in[1] && pw >= 0 && pw < in[2]) {
                        int from = start + ((pd * in[1] + ph) * in[2] + pw) * channels;
                        add(sums, x.data(), from, channels, kernel, k * (channels / groups) * filters, groups);
                    }
                }
                int to = (line * w[2].results() + column) * filters;
                for (int o = 0; o < filters; o++) {
                    y[to + o] = (float) sums[o];
                }
            }
        });
        return ReferenceValue.of(y, dims);
    }

    /** Adds the products of an element. Output channels of a group read the input channels of the same group. */
    private static void add(
            double[] sums, float[] x, int from, int channels, float[] kernel, int kernelFrom, int groups) {
        int inputs = channels / groups;
        int outputs = sums.length / groups;
        for (int channel = 0; channel < channels; channel++) {
            double value = x[from + channel];
            int group = channel / inputs;
            int row = kernelFrom + channel % inputs * sums.length;
            for (int o = group * outputs; o < (group + 1) * outputs; o++) {
                sums[o] += value * kernel[row + o];
            }
        }
    }
}
