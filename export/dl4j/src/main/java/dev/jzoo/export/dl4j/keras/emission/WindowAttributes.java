package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.onnx.GraphBuilder.NodeBuilder;

/**
 * The window of a convolution or pooling in ONNX's form.
 *
 * @param sizes sizes of the window, by axis
 * @param strides distances between windows
 * @param dilations distances between elements of a window
 * @param padding Keras's name of the padding
 */
record WindowAttributes(int[] sizes, int[] strides, int[] dilations, String padding) {

    /** Fails unless all lists have one number for each axis. */
    void check(EmittedLayer layer, int axes) {
        if (sizes.length != axes || strides.length != axes || dilations.length != axes) {
            throw layer.unsupported(
                    "expected " + axes + " numbers each for window, strides and dilation, found another number");
        }
        for (int axis = 0; axis < axes; axis++) {
            if (strides[axis] > 1 && dilations[axis] > 1) {
                throw layer.unsupported("strides and dilation are both above 1, which Keras does not support");
            }
        }
    }

    private int extent(int axis) {
        return (sizes[axis] - 1) * dilations[axis] + 1;
    }

    /** Returns the number of windows on an axis; -1 if its size is open. */
    long results(int axis, long size) {
        if (size < 0) {
            return -1;
        }
        return padding.equals("valid")
                ? Math.max(0, (size - extent(axis) + strides[axis]) / strides[axis])
                : (size + strides[axis] - 1) / strides[axis];
    }

    /** Sets window and padding. The first spatial axis of the input is axis 2. */
    NodeBuilder set(EmittedLayer layer, NodeBuilder node, EmittedValue x, boolean dilates) {
        int axes = sizes.length;
        node.ints("kernel_shape", EmittedLayer.longs(sizes)).ints("strides", EmittedLayer.longs(strides));
        if (dilates) {
            node.ints("dilations", EmittedLayer.longs(dilations));
        }
        if (isOpen(x)) {
            for (int axis = 0; axis < axes; axis++) {
                // ONNX Runtime removes elements if the windows leave a gap at the end.
                if (extent(axis) < strides[axis]) {
                    throw layer.unsupported(
                            "padding same with strides larger than the window, on an axis of any size; declare the"
                                    + " input with a fixed size");
                }
            }
            return node.text("auto_pad", "SAME_UPPER");
        }
        long[] pads = new long[2 * axes];
        for (int axis = 0; axis < axes; axis++) {
            long missing = missing(axis, x.size(axis + 2));
            pads[axis] = padding.equals("causal") ? missing : missing / 2;
            pads[axes + axis] = missing - pads[axis];
        }
        return node.ints("pads", pads);
    }

    /** Returns whether the padding depends on the size of an open axis. */
    private boolean isOpen(EmittedValue x) {
        boolean open = false;
        for (int axis = 0; axis < sizes.length; axis++) {
            open |= padding.equals("same") && strides[axis] > 1 && extent(axis) > 1 && x.size(axis + 2) < 0;
        }
        return open;
    }

    /** Returns the number of elements that padding adds to an axis. */
    private long missing(int axis, long size) {
        if (padding.equals("valid")) {
            return 0;
        } else if (padding.equals("causal") || strides[axis] == 1 || extent(axis) == 1) {
            return extent(axis) - 1;
        }
        return Math.max((results(axis, size) - 1) * strides[axis] + extent(axis) - size, 0);
    }
}
