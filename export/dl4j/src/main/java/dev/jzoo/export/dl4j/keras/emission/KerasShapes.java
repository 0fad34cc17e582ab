package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Layers that move, repeat, add and cut elements. */
final class KerasShapes {

    private KerasShapes() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        emitters.put("Flatten", KerasShapes::flatten);
        emitters.put("Reshape", KerasShapes::reshape);
        emitters.put("Permute", KerasShapes::permute);
        emitters.put("RepeatVector", KerasShapes::repeatVector);
        for (int axes = 1; axes <= 3; axes++) {
            int spatial = axes;
            emitters.put("ZeroPadding" + axes + "D", layer -> zeroPadding(layer, spatial));
            emitters.put("Cropping" + axes + "D", layer -> cropping(layer, spatial));
            emitters.put("UpSampling" + axes + "D", layer -> upSampling(layer, spatial));
        }
    }

    /** Returns the number of elements of an example; -1 if an axis is open. */
    private static long elements(EmittedValue value) {
        long elements = 1;
        for (int axis = 1; axis < value.rank(); axis++) {
            elements = elements < 0 || value.size(axis) < 0 ? -1 : Math.multiplyExact(elements, value.size(axis));
        }
        return elements;
    }

    private static EmittedValue flatten(EmittedLayer layer) {
        layer.requireRank(2, 8);
        EmittedValue x = layer.input();
        String tensor = layer.isChannelsFirst() && x.rank() > 2
                ? layer.transpose(x.tensor(), EmittedLayer.toLast(x.rank()))
                : x.tensor();
        return layer.unmasked(
                layer.op("Flatten", tensor).integer("axis", 1).emit(),
                List.of(x.shape().get(0), EmittedValue.dimension(elements(x))));
    }

    private static EmittedValue reshape(EmittedLayer layer) {
        EmittedValue x = layer.input();
        int[] target = layer.settings().integers("target_shape", 1, 0);
        long known = 1;
        int open = 0;
        for (int size : target) {
            known = Math.multiplyExact(known, size == -1 ? 1 : size);
            open += size == -1 ? 1 : 0;
            if (size < -1 || size == 0 || open > 1) {
                throw layer.unsupported("the setting target_shape " + Arrays.toString(target) + " is not supported");
            }
        }
        long elements = elements(x);
        if (elements >= 0 && (open == 0 ? elements != known : elements % known != 0)) {
            throw layer.unsupported("the setting target_shape " + Arrays.toString(target) + " does not fit an input of "
                    + elements + " elements");
        }
        List<Dimension> shape = new ArrayList<>(List.of(x.shape().get(0)));
        long[] sizes = new long[target.length + 1];
        for (int axis = 0; axis < target.length; axis++) {
            sizes[axis + 1] = target[axis];
            boolean computed = target[axis] == -1 && elements >= 0;
            shape.add(EmittedValue.dimension(computed ? elements / known : target[axis]));
        }
        return layer.unmasked(
                layer.op("Reshape", x.tensor(), layer.integers(sizes)).emit(), shape);
    }

    private static EmittedValue permute(EmittedLayer layer) {
        int[] dims = layer.settings().integers("dims", 0, 0);
        long[] order = new long[dims.length + 1];
        for (int i = 0; i < dims.length; i++) {
            order[i + 1] = dims[i];
        }
        long distinct = Arrays.stream(order).distinct().count();
        if (order.length != layer.input().rank()
                || distinct != order.length
                || Arrays.stream(order).max().orElse(0) >= order.length) {
            throw layer.unsupported("the setting dims " + Arrays.toString(dims) + " does not fit an input with "
                    + layer.input().rank() + " axes");
        }
        return layer.unmasked(
                layer.transpose(layer.input().tensor(), order), layer.input().shapeInOrder(order));
    }

    private static EmittedValue repeatVector(EmittedLayer layer) {
        layer.requireRank(2, 2);
        EmittedValue x = layer.input();
        int n = layer.settings().integer("n", 1);
        String row = layer.op("Unsqueeze", x.tensor(), layer.integers(1)).emit();
        return layer.unmasked(
                layer.op("Tile", row, layer.integers(1, n, 1)).emit(),
                List.of(x.shape().get(0), Dimension.of(n), x.shape().get(1)));
    }

    /** Returns the first spatial axis. */
    private static int firstAxis(EmittedLayer layer, int spatial) {
        layer.requireRank(spatial + 2, spatial + 2);
        return spatial > 1 && layer.isChannelsFirst() ? 2 : 1;
    }

    private static EmittedValue zeroPadding(EmittedLayer layer, int spatial) {
        int from = firstAxis(layer, spatial);
        int[][] pairs = layer.settings().pairs("padding", spatial);
        EmittedValue x = layer.input();
        long[] pads = new long[2 * x.rank()];
        List<Dimension> shape = new ArrayList<>(x.shape());
        for (int i = 0; i < spatial; i++) {
            pads[from + i] = pairs[i][0];
            pads[x.rank() + from + i] = pairs[i][1];
            long size = x.size(from + i);
            shape.set(from + i, EmittedValue.dimension(size < 0 ? -1 : size + pairs[i][0] + pairs[i][1]));
        }
        return layer.unmasked(layer.op("Pad", x.tensor(), layer.integers(pads)).emit(), shape);
    }

    private static EmittedValue cropping(EmittedLayer layer, int spatial) {
        int from = firstAxis(layer, spatial);
        int[][] pairs = layer.settings().pairs("cropping", spatial);
        EmittedValue x = layer.input();
        long[] starts = new long[spatial];
        long[] ends = new long[spatial];
        long[] axes = new long[spatial];
        List<Dimension> shape = new ArrayList<>(x.shape());
        for (int i = 0; i < spatial; i++) {
            axes[i] = from + i;
            starts[i] = pairs[i][0];
            ends[i] = pairs[i][1] == 0 ? Long.MAX_VALUE : -pairs[i][1];
            long size = x.size(from + i);
            long left = size - pairs[i][0] - pairs[i][1];
            if (size >= 0 && left <= 0) {
                throw layer.unsupported("the setting cropping removes a whole axis of " + size + " elements");
            }
            shape.set(from + i, EmittedValue.dimension(size < 0 ? -1 : left));
        }
        return layer.unmasked(
                layer.op("Slice", x.tensor(), layer.integers(starts), layer.integers(ends), layer.integers(axes))
                        .emit(),
                shape);
    }

    /** Emits upsampling. TensorFlow's bilinear mode has the pixels' centres where half_pixel has them. */
    private static EmittedValue upSampling(EmittedLayer layer, int spatial) {
        LayerSettings settings = layer.settings();
        int[] sizes = settings.integers("size", spatial, 2);
        boolean linear =
                spatial == 2 && settings.text("interpolation", "nearest").equals("bilinear");
        int from = firstAxis(layer, spatial);
        if (linear) {
            // ONNX Runtime interpolates the last two of four axes.
            return layer.channelsFirst(x -> resized(layer, x, 2, sizes, true));
        }
        return resized(layer, layer.input(), from, sizes, false);
    }

    private static EmittedValue resized(EmittedLayer layer, EmittedValue x, int from, int[] sizes, boolean linear) {
        if (sizes.length != x.rank() - 2) {
            throw layer.unsupported("the setting size " + Arrays.toString(sizes) + " is not supported");
        }
        float[] scales = new float[x.rank()];
        Arrays.fill(scales, 1);
        List<Dimension> shape = new ArrayList<>(x.shape());
        for (int i = 0; i < sizes.length; i++) {
            scales[from + i] = sizes[i];
            long size = x.size(from + i);
            shape.set(from + i, EmittedValue.dimension(size < 0 ? -1 : Math.multiplyExact(size, sizes[i])));
        }
        String y = layer.op("Resize", x.tensor(), "", layer.graph().constant(TensorData.of(scales, scales.length)))
                .text("mode", linear ? "linear" : "nearest")
                .text("coordinate_transformation_mode", linear ? "half_pixel" : "asymmetric")
                .text("nearest_mode", "floor")
                .emit();
        return layer.unmasked(y, shape);
    }
}
