package dev.jzoo.export.dl4j.keras.reference;

import java.util.Arrays;

/**
 * An array that a layer reads or writes. Keeps the arrays that it receives without copying; do not change them.
 *
 * @param data values in row-major order
 * @param dims size of each axis, the batch first
 * @param mask one flag for each element of the first two axes, false where Keras masks the step; empty without a mask
 */
public record ReferenceValue(float[] data, int[] dims, boolean[] mask) {

    private static final boolean[] NONE = {};

    public ReferenceValue {
        if (data.length != size(dims)) {
            throw new IllegalArgumentException(
                    "Expected values for the shape " + Arrays.toString(dims) + ", found " + data.length + " values.");
        }
    }

    /** Creates a value without a mask. */
    public static ReferenceValue of(float[] data, int... dims) {
        return new ReferenceValue(data, dims, NONE);
    }

    static int size(int... dims) {
        int size = 1;
        for (int dim : dims) {
            size = Math.multiplyExact(size, dim);
        }
        return size;
    }

    static void require(boolean fits, ReferenceValue a, ReferenceValue b) {
        if (!fits) {
            throw new IllegalArgumentException("Expected values of equal shapes, found " + Arrays.toString(a.dims)
                    + " and " + Arrays.toString(b.dims) + ".");
        }
    }

    boolean isMasked() {
        return mask.length > 0;
    }

    ReferenceValue withMask(boolean[] other) {
        return new ReferenceValue(data, dims, other);
    }

    /** Returns the same data in another shape, without a mask. */
    ReferenceValue reshaped(int... other) {
        return of(data, other);
    }

    int rank() {
        return dims.length;
    }

    int last() {
        return dims[dims.length - 1];
    }

    /** Returns the number of elements before the last axis. */
    int rows() {
        return size(Arrays.copyOf(dims, dims.length - 1));
    }

    /** Transposes the value: axis {@code i} of the result is axis {@code order[i]} of this one. */
    ReferenceValue transposed(int... order) {
        int rank = dims.length;
        int[] strides = new int[rank];
        for (int axis = rank - 1, stride = 1; axis >= 0; stride *= dims[axis--]) {
            strides[axis] = stride;
        }
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = dims[order[axis]];
        }
        float[] moved = new float[data.length];
        int[] index = new int[rank];
        for (int i = 0; i < moved.length; i++) {
            int from = 0;
            for (int axis = 0; axis < rank; axis++) {
                from += index[axis] * strides[order[axis]];
            }
            moved[i] = data[from];
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return of(moved, sizes);
    }

    /** Transposes [N, C, ...] to [N, ..., C]. */
    ReferenceValue channelsLast() {
        int[] order = new int[dims.length];
        for (int axis = 1; axis < dims.length - 1; axis++) {
            order[axis] = axis + 1;
        }
        order[dims.length - 1] = 1;
        return transposed(order);
    }

    /** Transposes [N, ..., C] to [N, C, ...]. */
    ReferenceValue channelsFirst() {
        int[] order = new int[dims.length];
        order[1] = dims.length - 1;
        for (int axis = 2; axis < dims.length; axis++) {
            order[axis] = axis - 1;
        }
        return transposed(order);
    }
}
