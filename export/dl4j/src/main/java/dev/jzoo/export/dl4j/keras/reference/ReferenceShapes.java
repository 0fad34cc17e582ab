package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel.ReferenceLayer;
import java.util.Map;

/** Layers that move, repeat, add and cut elements. */
final class ReferenceShapes {

    private ReferenceShapes() {}

    static void addTo(Map<String, ReferenceLayer> layers) {
        layers.put("Flatten", c -> {
            ReferenceValue x =
                    c.isChannelsFirst() && c.input().rank() > 2 ? c.input().channelsLast() : c.input();
            return x.reshaped(x.dims()[0], x.data().length / x.dims()[0]);
        });
        layers.put("Reshape", ReferenceShapes::reshape);
        layers.put("Permute", c -> {
            int[] places = c.settings().integers("dims", 0, 0);
            int[] order = new int[places.length + 1];
            System.arraycopy(places, 0, order, 1, places.length);
            return c.input().transposed(order);
        });
        layers.put("RepeatVector", ReferenceShapes::repeatVector);
        for (int axes = 1; axes <= 3; axes++) {
            int spatial = axes;
            layers.put("ZeroPadding" + axes + "D", c -> {
                int[][] padding = c.settings().pairs("padding", spatial);
                return channelsLast(c, spatial, x -> shifted(x, padding, 1));
            });
            layers.put("Cropping" + axes + "D", c -> {
                int[][] cropping = c.settings().pairs("cropping", spatial);
                return channelsLast(c, spatial, x -> shifted(x, cropping, -1));
            });
            layers.put("UpSampling" + axes + "D", c -> upSampling(c, spatial));
        }
    }

    private static ReferenceValue channelsLast(LayerComputation c, int spatial, ReferenceConvolutions.Core core) {
        return spatial == 1 ? core.of(c.input()) : c.channelsLast(core::of);
    }

    private static ReferenceValue reshape(LayerComputation c) {
        ReferenceValue x = c.input();
        int[] target = c.settings().integers("target_shape", 1, 0);
        int[] dims = new int[target.length + 1];
        dims[0] = x.dims()[0];
        int known = dims[0];
        for (int size : target) {
            known *= size == -1 ? 1 : size;
        }
        for (int axis = 0; axis < target.length; axis++) {
            dims[axis + 1] = target[axis] == -1 ? x.data().length / known : target[axis];
        }
        return x.reshaped(dims);
    }

    private static ReferenceValue repeatVector(LayerComputation c) {
        int n = c.settings().integer("n", 1);
        ReferenceValue x = c.input();
        float[] y = new float[x.data().length * n];
        for (int i = 0; i < y.length; i++) {
            y[i] = x.data()[i / (n * x.last()) * x.last() + i % x.last()];
        }
        return ReferenceValue.of(y, x.dims()[0], n, x.last());
    }

    /** Adds zeros around each axis, or removes elements with the sign -1. */
    private static ReferenceValue shifted(ReferenceValue x, int[][] pairs, int sign) {
        int[] dims = x.dims().clone();
        for (int axis = 0; axis < pairs.length; axis++) {
            dims[axis + 1] += sign * (pairs[axis][0] + pairs[axis][1]);
        }
        float[] y = new float[ReferenceValue.size(dims)];
        int[] at = new int[dims.length];
        for (int i = 0; i < y.length; i++) {
            int from = at[0];
            boolean inside = true;
            for (int axis = 1; axis < dims.length; axis++) {
                int place = at[axis] - (axis <= pairs.length ? sign * pairs[axis - 1][0] : 0);
                inside &= place >= 0 && place < x.dims()[axis];
                from = from * x.dims()[axis] + place;
            }
            y[i] = inside ? x.data()[from] : 0;
            for (int axis = at.length - 1; axis >= 0 && ++at[axis] == dims[axis]; axis--) {
                at[axis] = 0;
            }
        }
        return ReferenceValue.of(y, dims);
    }

    private static ReferenceValue upSampling(LayerComputation c, int spatial) {
        LayerSettings settings = c.settings();
        int[] sizes = settings.integers("size", spatial, 2);
        boolean bilinear =
                spatial == 2 && settings.text("interpolation", "nearest").equals("bilinear");
        return channelsLast(c, spatial, x -> {
            ReferenceValue y = x;
            for (int axis = 0; axis < spatial; axis++) {
                y = stretched(y, axis + 1, sizes[axis], bilinear);
            }
            return y;
        });
    }

    /**
     * Makes one axis {@code size} times as long. The centre of element i of the result is at (i + 0.5) / size - 0.5 of
     * the input. A bilinear result is interpolated between its neighbours there; beyond the ends the last element is
     * used.
     */
    private static ReferenceValue stretched(ReferenceValue x, int axis, int size, boolean linear) {
        int length = x.dims()[axis];
        int[] dims = ReferenceModel.with(x.dims(), axis, length * size);
        int inner = 1;
        for (int i = axis + 1; i < dims.length; i++) {
            inner *= dims[i];
        }
        float[] y = new float[ReferenceValue.size(dims)];
        for (int i = 0; i < y.length; i++) {
            int place = i / inner % (length * size);
            int row = i / inner / (length * size) * length;
            double centre = (place + 0.5) / size - 0.5;
            int low = (int) Math.floor(centre);
            double share = linear ? centre - low : 0;
            int first = linear ? Math.max(low, 0) : place / size;
            int second = Math.min(low + 1, length - 1);
            y[i] = (float) ((1 - share) * x.data()[(row + first) * inner + i % inner]
                    + (linear ? share * x.data()[(row + second) * inner + i % inner] : 0));
        }
        return ReferenceValue.of(y, dims);
    }
}
