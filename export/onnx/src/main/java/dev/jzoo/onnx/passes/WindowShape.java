package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import java.util.Arrays;

/** The output sizes of convolutions and poolings: how often a window fits, or how far it spreads. */
final class WindowShape {

    private WindowShape() {}

    /** Returns the shape of the single output of a Conv, ConvTranspose, MaxPool, AveragePool or LpPool. */
    static long[] of(ShapeRules.KnownInputs call) {
        long[] shape = call.shape(0);
        int axes = shape.length - 2;
        String operator = call.node().opType();
        boolean weighted = operator.startsWith("Conv");
        long[] kernel = weighted ? Arrays.copyOfRange(call.shape(1), 2, axes + 2) : call.ints("kernel_shape");
        long[] ones = new long[axes];
        Arrays.fill(ones, 1);
        long[] strides = call.ints("strides", ones);
        long[] dilations = call.ints("dilations", ones);
        long[] pads = call.ints("pads", new long[2 * axes]);
        String automatic = call.node().attributes().get("auto_pad") instanceof Attribute.Text text ? text.value() : "";
        boolean same = automatic.startsWith("SAME");
        if (operator.equals("ConvTranspose")) {
            long[] given = call.ints("output_shape");
            long[] further = call.ints("output_padding", new long[axes]);
            shape[1] = call.shape(1)[1] * call.integer("group", 1);
            for (int i = 0; i < axes; i++) {
                long whole = strides[i] * (shape[i + 2] - 1) + further[i] + (kernel[i] - 1) * dilations[i] + 1;
                shape[i + 2] = given.length > 0
                        ? given[given.length - axes + i]
                        : same ? shape[i + 2] * strides[i] : whole - pads[i] - pads[axes + i];
            }
            return shape;
        }
        if (weighted) {
            shape[1] = call.shape(1)[0];
        }
        boolean ceil = call.integer("ceil_mode", 0) != 0;
        for (int i = 0; i < axes; i++) {
            long size = shape[i + 2];
            if (same) {
                shape[i + 2] = (size + strides[i] - 1) / strides[i];
                continue;
            }
            long free = size + pads[i] + pads[axes + i] - ((kernel[i] - 1) * dilations[i] + 1);
            long steps = ceil ? Math.floorDiv(free + strides[i] - 1, strides[i]) : Math.floorDiv(free, strides[i]);
            // A window that would start after the input, in its padding, does not count.
            boolean beyond = ceil && steps * strides[i] >= size + pads[i];
            shape[i + 2] = beyond ? steps : steps + 1;
        }
        return shape;
    }
}
