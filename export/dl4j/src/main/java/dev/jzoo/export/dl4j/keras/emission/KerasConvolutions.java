package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.EmittedLayer.ChannelsFirstCore;
import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Convolutions, with channels first in ONNX. */
final class KerasConvolutions {

    private KerasConvolutions() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        for (int axes = 1; axes <= 3; axes++) {
            int spatial = axes;
            emitters.put("Conv" + axes + "D", layer -> convolution(layer, spatial));
            emitters.put("Conv" + axes + "DTranspose", layer -> transposed(layer, spatial));
        }
        for (int axes = 1; axes <= 2; axes++) {
            int spatial = axes;
            emitters.put("DepthwiseConv" + axes + "D", layer -> depthwise(layer, spatial));
            emitters.put("SeparableConv" + axes + "D", layer -> separable(layer, spatial));
            emitters.put("LocallyConnected" + axes + "D", layer -> locallyConnected(layer, spatial));
        }
    }

    private static EmittedValue convolution(EmittedLayer layer, int spatial) {
        int filters = layer.settings().integer("filters", 0);
        int groups = layer.settings().integer("groups", 1);
        WindowAttributes window = window(layer, spatial);
        return finished(layer, spatial, x -> {
            int channels = channels(layer, x);
            if (channels % groups != 0 || filters % groups != 0) {
                throw layer.unsupported("its " + channels + " channels and " + filters
                        + " filters cannot be divided into " + groups + " groups");
            }
            int[] dims = kernelDims(layer, spatial, channels / groups, filters);
            String kernel = layer.transposedWeight("kernel", dims, order(spatial, spatial + 1, spatial));
            return conv(layer, x, window, kernel, bias(layer, filters), groups, filters);
        });
    }

    /** Emits a depthwise convolution. ONNX's row c * multiplier + m of the kernel is Keras's [..., c, m]. */
    private static EmittedValue depthwise(EmittedLayer layer, int spatial) {
        WindowAttributes window = window(layer, spatial);
        int multiplier = layer.settings().integer("depth_multiplier", 1);
        return finished(layer, spatial, x -> {
            int filters = Math.multiplyExact(channels(layer, x), multiplier);
            return depthwise(layer, spatial, x, window, bias(layer, filters), multiplier);
        });
    }

    private static EmittedValue depthwise(
            EmittedLayer layer, int spatial, EmittedValue x, WindowAttributes window, String bias, int multiplier) {
        int channels = channels(layer, x);
        int filters = Math.multiplyExact(channels, multiplier);
        int[] dims = kernelDims(layer, spatial, channels, multiplier);
        // [window, c, m] is [window, c * m] in memory.
        int places = Arrays.stream(dims).limit(spatial).reduce(1, Math::multiplyExact);
        long[] sizes = new long[spatial + 2];
        sizes[0] = filters;
        sizes[1] = 1;
        for (int axis = 0; axis < spatial; axis++) {
            sizes[axis + 2] = dims[axis];
        }
        String kernel = layer.write(
                "depthwise_kernel",
                layer.layer().weight("depthwise_kernel", dims),
                i -> i % places * filters + i / places,
                sizes);
        return conv(layer, x, window, kernel, bias, channels, filters);
    }

    private static EmittedValue separable(EmittedLayer layer, int spatial) {
        WindowAttributes window = window(layer, spatial);
        int multiplier = layer.settings().integer("depth_multiplier", 1);
        int filters = layer.settings().integer("filters", 0);
        return finished(layer, spatial, x -> {
            EmittedValue deep = depthwise(layer, spatial, x, window, "", multiplier);
            int[] dims = new int[spatial + 2];
            Arrays.fill(dims, 1);
            dims[spatial] = channels(layer, deep);
            dims[spatial + 1] = filters;
            int[] ones = Arrays.copyOf(dims, spatial);
            String kernel = layer.transposedWeight("pointwise_kernel", dims, order(spatial, spatial + 1, spatial));
            WindowAttributes point = new WindowAttributes(ones, ones, ones, "valid");
            return conv(layer, deep, point, kernel, bias(layer, filters), 1, filters);
        });
    }

    /**
     * Emits a transposed convolution. Its result is as long as the input times the stride, plus the part of the kernel
     * beyond the stride, which "same" cuts off.
     */
    private static EmittedValue transposed(EmittedLayer layer, int spatial) {
        int filters = layer.settings().integer("filters", 0);
        int[] sizes = layer.settings().integers("kernel_size", spatial, 1);
        int[] strides = layer.settings().integers("strides", spatial, 1);
        boolean same = layer.settings().text("padding", "valid").equals("same");
        int[] ones = new int[spatial];
        Arrays.fill(ones, 1);
        new WindowAttributes(sizes, strides, ones, "valid").check(layer, spatial);
        return finished(layer, spatial, x -> {
            long[] pads = new long[2 * spatial];
            long[] longer = new long[spatial];
            List<Dimension> shape = new ArrayList<>(x.shape());
            shape.set(1, Dimension.of(filters));
            for (int axis = 0; axis < spatial; axis++) {
                int beyond = Math.max(sizes[axis] - strides[axis], 0);
                longer[axis] = Math.max(strides[axis] - sizes[axis], 0);
                pads[axis] = same ? beyond / 2 : 0;
                pads[spatial + axis] = same ? beyond - beyond / 2 : 0;
                long size = x.size(axis + 2);
                shape.set(axis + 2, EmittedValue.dimension(size < 0 ? -1 : size * strides[axis] + (same ? 0 : beyond)));
            }
            int[] dims = kernelDims(layer, spatial, filters, channels(layer, x));
            String kernel = layer.transposedWeight("kernel", dims, order(spatial, spatial + 1, spatial));
            String y = layer.op("ConvTranspose", x.tensor(), kernel, bias(layer, filters))
                    .ints("kernel_shape", EmittedLayer.longs(sizes))
                    .ints("strides", EmittedLayer.longs(strides))
                    .ints("pads", pads)
                    .ints("output_padding", longer)
                    .emit();
            return layer.unmasked(y, shape);
        });
    }

    /**
     * Emits a convolution with a separate kernel for each position: the patches are gathered and multiplied, position
     * by position.
     */
    private static EmittedValue locallyConnected(EmittedLayer layer, int spatial) {
        layer.requireRank(spatial + 2, spatial + 2);
        LayerSettings settings = layer.settings();
        settings.text("data_format", "channels_last");
        int filters = settings.integer("filters", 0);
        int[] sizes = settings.integers("kernel_size", spatial, 1);
        int[] strides = settings.integers("strides", spatial, 1);
        int[] ones = new int[spatial];
        Arrays.fill(ones, 1);
        WindowAttributes window = new WindowAttributes(sizes, strides, ones, settings.text("padding", "valid"));
        window.check(layer, spatial);
        int channels = layer.fixed(spatial + 1);
        int width = layer.fixed(spatial);
        int rows = spatial == 1 ? 1 : (int) window.results(0, layer.fixed(1));
        int columns = (int) window.results(spatial - 1, width);
        int rowSize = spatial == 1 ? 1 : sizes[0];
        int columnSize = sizes[spatial - 1];
        int patch = Math.multiplyExact(rowSize * columnSize, channels);
        // Checks the shape before anything larger is built from it.
        layer.layer().weight("kernel", rows * columns, patch, filters);
        long[] indices = new long[Math.multiplyExact(rows * columns, patch)];
        for (int i = 0; i < indices.length; i++) {
            int place = i / patch;
            int row = place / columns * (spatial == 1 ? 1 : strides[0]) + i % patch / channels / columnSize;
            int column = place % columns * strides[spatial - 1] + i % patch / channels % columnSize;
            indices[i] = (long) (row * width + column) * channels + i % channels;
        }
        String flat =
                layer.op("Flatten", layer.input().tensor()).integer("axis", 1).emit();
        String patches = layer.op(
                        "Gather", flat, layer.graph().constant(TensorData.of(indices, (long) rows * columns, 1, patch)))
                .integer("axis", 1)
                .emit();
        String y = layer.op("MatMul", patches, layer.weight("kernel", rows * columns, patch, filters))
                .emit();
        long[] target = spatial == 1 ? new long[] {0, columns, filters} : new long[] {0, rows, columns, filters};
        y = layer.op("Reshape", y, layer.integers(target)).emit();
        if (settings.flag("use_bias", true)) {
            int[] dims = spatial == 1 ? new int[] {columns, filters} : new int[] {rows, columns, filters};
            y = layer.op("Add", y, layer.weight("bias", dims)).emit();
        }
        List<Dimension> shape = new ArrayList<>(layer.input().shape());
        shape.set(spatial + 1, Dimension.of(filters));
        shape.set(spatial, Dimension.of(columns));
        shape.set(1, Dimension.of(spatial == 1 ? columns : rows));
        return layer.unmasked(KerasActivations.emit(layer, "activation", y), shape);
    }

    /** Emits bias and activation before the conversion back to the layer's layout, if the order does not matter. */
    private static EmittedValue finished(EmittedLayer layer, int spatial, ChannelsFirstCore core) {
        layer.requireRank(spatial + 2, spatial + 2);
        if (KerasActivations.isElementwise(layer)) {
            return layer.channelsFirst(x -> {
                EmittedValue y = core.of(x);
                return layer.unmasked(KerasActivations.emit(layer, "activation", y.tensor()), y.shape());
            });
        }
        EmittedValue y = layer.channelsFirst(core);
        return layer.unmasked(KerasActivations.emit(layer, "activation", y.tensor()), y.shape());
    }

    private static EmittedValue conv(
            EmittedLayer layer,
            EmittedValue x,
            WindowAttributes window,
            String kernel,
            String bias,
            int groups,
            int filters) {
        String y = window.set(layer, layer.op("Conv", x.tensor(), kernel, bias).integer("group", groups), x, true)
                .emit();
        List<Dimension> shape = new ArrayList<>(x.shape());
        shape.set(1, Dimension.of(filters));
        for (int axis = 0; axis < window.sizes().length; axis++) {
            shape.set(axis + 2, EmittedValue.dimension(window.results(axis, x.size(axis + 2))));
        }
        return layer.unmasked(y, shape);
    }

    private static WindowAttributes window(EmittedLayer layer, int spatial) {
        LayerSettings settings = layer.settings();
        WindowAttributes window = new WindowAttributes(
                settings.integers("kernel_size", spatial, 1),
                settings.integers("strides", spatial, 1),
                settings.integers("dilation_rate", spatial, 1),
                settings.text("padding", "valid"));
        window.check(layer, spatial);
        return window;
    }

    private static int channels(EmittedLayer layer, EmittedValue channelsFirst) {
        if (channelsFirst.size(1) < 0) {
            throw layer.unsupported(
                    "the channels of its input have no fixed size; declare them in the model's input shape");
        }
        return Math.toIntExact(channelsFirst.size(1));
    }

    private static String bias(EmittedLayer layer, int filters) {
        return layer.settings().flag("use_bias", true) ? layer.weight("bias", filters) : "";
    }

    private static int[] kernelDims(EmittedLayer layer, int spatial, int in, int out) {
        int[] dims = Arrays.copyOf(layer.settings().integers("kernel_size", spatial, 1), spatial + 2);
        dims[spatial] = in;
        dims[spatial + 1] = out;
        return dims;
    }

    /** Returns two axes, followed by the axes of the window. */
    private static int[] order(int spatial, int first, int second) {
        int[] order = new int[spatial + 2];
        order[0] = first;
        order[1] = second;
        for (int axis = 0; axis < spatial; axis++) {
            order[axis + 2] = axis;
        }
        return order;
    }
}
