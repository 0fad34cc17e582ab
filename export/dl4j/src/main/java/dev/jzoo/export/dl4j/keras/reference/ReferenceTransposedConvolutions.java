package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.reference.ReferenceModel.ReferenceLayer;
import java.util.Arrays;
import java.util.Map;

/**
 * Transposed convolutions: every element of the input adds its multiple of the kernel to the output. A kernel is
 * [window..., channels out, channels in].
 */
final class ReferenceTransposedConvolutions {

    private ReferenceTransposedConvolutions() {}

    static void addTo(Map<String, ReferenceLayer> layers) {
        for (int axes = 1; axes <= 3; axes++) {
            int spatial = axes;
            layers.put("Conv" + axes + "DTranspose", c -> {
                int filters = c.settings().integer("filters", 0);
                return ReferenceConvolutions.finished(c, filters, x -> spread(c, spatial, x, filters));
            });
        }
    }

    private static ReferenceValue spread(LayerComputation c, int spatial, ReferenceValue x, int filters) {
        int[] kernelDims = ReferenceConvolutions.kernelDims(c, spatial, filters, x.last());
        int[] strides = c.settings().integers("strides", spatial, 1);
        boolean same = c.settings().text("padding", "valid").equals("same");
        float[] kernel = c.weight("kernel", kernelDims);
        int[] dims = x.dims().clone();
        int[] begins = new int[spatial];
        for (int axis = 0; axis < spatial; axis++) {
            // The sizes of the convolution whose gradient this is; "same" cuts the smaller half at the beginning.
            int beyond = Math.max(kernelDims[axis] - strides[axis], 0);
            dims[axis + 1] = x.dims()[axis + 1] * strides[axis] + (same ? 0 : beyond);
            begins[axis] = same ? beyond / 2 : 0;
        }
        dims[spatial + 1] = filters;
        double[] sums = new double[ReferenceValue.size(dims)];
        int window = ReferenceValue.size(Arrays.copyOf(kernelDims, spatial));
        int[] at = new int[spatial + 1];
        for (int row = 0; row < x.rows(); row++) {
            for (int k = 0; k < window; k++) {
                int target = place(at, k, kernelDims, strides, begins, dims);
                if (target >= 0) {
                    for (int o = 0; o < filters; o++) {
                        for (int i = 0; i < x.last(); i++) {
                            sums[target * filters + o] +=
                                    (double) x.data()[row * x.last() + i] * kernel[(k * filters + o) * x.last() + i];
                        }
                    }
                }
            }
            for (int axis = spatial; axis >= 0 && ++at[axis] == x.dims()[axis]; axis--) {
                at[axis] = 0;
            }
        }
        float[] y = new float[sums.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) sums[i];
        }
        return ReferenceValue.of(y, dims);
    }

    /** Returns the row of the output to which an element of the window belongs; -1 if it is cut off. */
    private static int place(int[] at, int element, int[] kernelDims, int[] strides, int[] begins, int[] dims) {
        int spatial = strides.length;
        int[] offsets = new int[spatial];
        for (int axis = spatial - 1, rest = element; axis >= 0; axis--) {
            offsets[axis] = rest % kernelDims[axis];
            rest /= kernelDims[axis];
        }
        int target = at[0];
        for (int axis = 0; axis < spatial; axis++) {
            int place = at[axis + 1] * strides[axis] - begins[axis] + offsets[axis];
            if (place < 0 || place >= dims[axis + 1]) {
                return -1;
            }
            target = target * dims[axis + 1] + place;
        }
        return target;
    }
}
