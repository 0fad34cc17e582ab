package dev.jzoo.export.dl4j.keras.reference;

/**
 * The movement of a window along one axis.
 *
 * @param size size of the window
 * @param stride distance between windows
 * @param dilation distance between the window's elements
 * @param begin elements of padding before the axis
 * @param results number of windows
 */
record Window(int size, int stride, int dilation, int begin, int results) {

    /**
     * Creates a window with TensorFlow's padding. "valid" uses only windows inside the axis. "same" has one window for
     * each stride, with the smaller half of the missing elements before the axis. "causal" has all missing elements
     * before it.
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

    /** Returns the position on the axis of a window's element, which may be outside. */
    int place(int result, int element) {
        return result * stride - begin + element * dilation;
    }
}
