package dev.jzoo.export.dl4j.keras.reference;

/**
 * How a window moves along one axis.
 *
 * @param size of the window
 * @param stride between windows
 * @param dilation distance between the window's elements
 * @param begin elements of padding before the axis
 * @param results number of windows
 */
record Window(int size, int stride, int dilation, int begin, int results) {

    /**
     * TensorFlow's padding: "valid" has windows that lie inside only, "same" one for each stride of the axis with the smaller half
     * of what is missing before it, "causal" all of what is missing before it.
     */
    static Window of(String padding, int axis, int size, int stride, int dilation) {
        int extent = (size - 1) * dilation + 1;
        return switch (padding) {
            case "valid" -> new Window(size, stride, dilation, 0, Math.max(0, (axis - extent + stride) / stride));
            case "causal" -> new Window(size, stride, dilation, extent - 1, (axis + stride - 1) / stride);
            default -> {
                int results = (axis + stride - 1) / stride;
                int missing = Math.max((results - 1) * stride + extent - axis, 0);
                yield new Window(size, stride, dilation, missing / 2, results);
            }
        };
    }

    /** The place on the axis of a window's element; may lie outside. */
    int place(int result, int element) {
        return result * stride - begin + element * dilation;
    }
}
