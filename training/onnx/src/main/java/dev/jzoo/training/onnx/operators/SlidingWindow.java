package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The window of a convolution or a pooling over the axes after batch and channels.
 *
 * @param kernel size of the window along each axis
 * @param strides steps of the window
 * @param dilations steps inside the window
 * @param pads padding before each axis, then after each; ignored unless autoPad is NOTSET
 * @param autoPad NOTSET, VALID, SAME_UPPER or SAME_LOWER
 * @param ceiling whether a last window may reach beyond the padding
 */
record SlidingWindow(long[] kernel, long[] strides, long[] dilations, long[] pads, String autoPad, boolean ceiling) {

    /**
     * Largest number of axes. With more axes, or none, the engine returns an array without memory, which ends the
     * process.
     */
    private static final int MOST_AXES = 3;

    SlidingWindow {
        int axes = kernel.length;
        boolean fits = axes >= 1
                && axes <= MOST_AXES
                && strides.length == axes
                && dilations.length == axes
                && pads.length == 2 * axes
                && Arrays.stream(kernel).allMatch(size -> size > 0)
                && Arrays.stream(strides).allMatch(step -> step > 0)
                && Arrays.stream(dilations).allMatch(step -> step > 0);
        if (!fits) {
            throw new IllegalArgumentException("a window of " + Arrays.toString(kernel) + " with strides "
                    + Arrays.toString(strides) + ", dilations " + Arrays.toString(dilations) + " and pads "
                    + Arrays.toString(pads) + " is not supported; expected: 1 to " + MOST_AXES + " axes");
        }
    }

    /**
     * Returns the window of a node.
     *
     * @param kernel its size, which may come from the weights instead of an attribute
     */
    static SlidingWindow of(NodeAttributes settings, long[] kernel) {
        int axes = kernel.length;
        long[] ones = new long[axes];
        Arrays.fill(ones, 1);
        return new SlidingWindow(
                kernel,
                settings.integers("strides").orElse(ones),
                settings.integers("dilations").orElse(ones),
                settings.integers("pads").orElse(new long[2 * axes]),
                settings.text("auto_pad", "NOTSET"),
                settings.flag("ceil_mode"));
    }

    int axes() {
        return kernel.length;
    }

    /** Returns the number of elements that the window spans. */
    long extent(int axis) {
        return (kernel[axis] - 1) * dilations[axis] + 1;
    }

    /** Returns the padding for an input, before each axis, then after each. */
    long[] pads(long[] dims) {
        if (dims.length != axes() + 2) {
            throw new IllegalArgumentException("A window of " + axes()
                    + " axes requires batch, channels and the same number of axes, not " + Arrays.toString(dims) + ".");
        }
        if (autoPad.equals("NOTSET")) {
            return pads;
        }
        long[] result = new long[2 * axes()];
        if (autoPad.equals("VALID")) {
            return result;
        }
        for (int i = 0; i < axes(); i++) {
            long size = dims[i + 2];
            long outputs = (size + strides[i] - 1) / strides[i];
            long total = Math.max(0, (outputs - 1) * strides[i] + extent(i) - size);
            long less = total / 2;
            result[i] = autoPad.equals("SAME_UPPER") ? less : total - less;
            result[i + axes()] = total - result[i];
        }
        return result;
    }

    /** Returns the number of window positions along each axis; none starts in the padding at the end. */
    long[] places(long[] dims, long[] padding) {
        long[] places = new long[axes()];
        for (int i = 0; i < axes(); i++) {
            long size = dims[i + 2] + padding[i] + padding[i + axes()];
            long room = size - extent(i);
            places[i] =
                    (ceiling ? Math.floorDiv(room + strides[i] - 1, strides[i]) : Math.floorDiv(room, strides[i])) + 1;
            if (ceiling && (places[i] - 1) * strides[i] >= dims[i + 2] + padding[i]) {
                places[i]--;
            }
        }
        return places;
    }

    boolean dilated() {
        return Arrays.stream(dilations).anyMatch(step -> step != 1);
    }

    static boolean isSymmetric(long[] padding) {
        int axes = padding.length / 2;
        return Arrays.equals(padding, 0, axes, padding, axes, 2 * axes);
    }

    /** Pads the axes after batch and channels. */
    static NDArray padded(NDArray x, long[] padding, double value) {
        if (Arrays.stream(padding).allMatch(pad -> pad == 0)) {
            return x;
        }
        int axes = padding.length / 2;
        // The engine expects the last axis first, with the padding before and after as a pair.
        long[] pairs = new long[2 * axes];
        for (int i = 0; i < axes; i++) {
            pairs[2 * (axes - 1 - i)] = padding[i];
            pairs[2 * (axes - 1 - i) + 1] = padding[i + axes];
        }
        return x.pad(new Shape(pairs), value);
    }
}
