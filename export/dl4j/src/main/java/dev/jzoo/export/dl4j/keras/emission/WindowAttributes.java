package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.onnx.GraphBuilder.NodeBuilder;

/**
 * The window of a convolution or pooling as ONNX writes it.
 *
 * @param sizes of the window, by axis
 * @param strides between windows
 * @param dilations between elements of a window
 * @param padding Keras's name of it
 */
record WindowAttributes(int[] sizes, int[] strides, int[] dilations, String padding) {

    /** Fails unless all lists have one number an axis. */
    void check(EmittedLayer layer, int axes) {
        if (sizes.length != axes || strides.length != axes || dilations.length != axes) {
            throw layer.unsupported("expected window, strides and dilation with " + axes + " numbers");
        }
        for (int axis = 0; axis < axes; axis++) {
            if (strides[axis] > 1 && dilations[axis] > 1) {
                throw layer.unsupported("strides and dilation above 1 at once, which Keras does not compute");
            }
        }
    }

    private int extent(int axis) {
        return (sizes[axis] - 1) * dilations[axis] + 1;
    }

    /** Number of windows on an axis; -1 where its size is open. */
    long results(int axis, long size) {
        if (size < 0) {
            return -1;
        }
        return padding.equals("valid")
                ? Math.max(0, (size - extent(axis) + strides[axis]) / strides[axis])
                : (size + strides[axis] - 1) / strides[axis];
    }

    /** Writes window and padding. The first spatial axis of the input is axis 2. */
    NodeBuilder set(NodeBuilder node, EmittedValue x, boolean dilates) {
        int axes = sizes.length;
        node.ints("kernel_shape", EmittedLayer.longs(sizes)).ints("strides", EmittedLayer.longs(strides));
        if (dilates) {
            node.ints("dilations", EmittedLayer.longs(dilations));
        }
        long[] pads = new long[2 * axes];
        for (int axis = 0; axis < axes && !padding.equals("valid"); axis++) {
            long size = x.size(axis + 2);
            if (padding.equals("causal")) {
                pads[axis] = extent(axis) - 1;
            } else if (strides[axis] == 1 || size >= 0) {
                long windows = strides[axis] == 1 ? 1 : results(axis, size);
                long covered = strides[axis] == 1 ? 1 : size;
                long missing = Math.max((windows - 1) * strides[axis] + extent(axis) - covered, 0);
                pads[axis] = missing / 2;
                pads[axes + axis] = missing - missing / 2;
            } else {
                return node.text("auto_pad", "SAME_UPPER");
            }
        }
        return node.ints("pads", pads);
    }
}
