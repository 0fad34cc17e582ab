package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;

/**
 * ConvTranspose, for which the engine has no function: puts zeros between the elements of the input and convolves the
 * result with the flipped kernel.
 */
final class Deconvolution {

    private Deconvolution() {}

    static Operator of(NodeAttributes settings) {
        int groups = (int) settings.integer("group", 1);
        return Operator.single(call -> {
            long[] weight = call.dims(1);
            SlidingWindow window = SlidingWindow.of(settings, Arrays.copyOfRange(weight, 2, weight.length));
            int axes = window.axes();
            long[] extra = settings.integers("output_padding").orElse(new long[axes]);
            long[] pads = pads(settings, window, call.dims(0), extra);
            NDArray spread = spread(call.x(), window.strides());
            long[] padding = new long[2 * axes];
            for (int i = 0; i < axes; i++) {
                padding[i] = window.extent(i) - 1 - pads[i];
                padding[i + axes] = window.extent(i) - 1 - pads[i + axes] + extra[i];
            }
            long[] ones = new long[axes];
            Arrays.fill(ones, 1);
            SlidingWindow dense =
                    new SlidingWindow(window.kernel(), ones, window.dilations(), padding, "NOTSET", false);
            NDList bias = call.has(2) ? new NDList(call.array(2)) : new NDList();
            return LayerOperators.convolution(
                            SlidingWindow.padded(spread, padding, 0),
                            turned(call.array(1), groups),
                            bias,
                            dense,
                            new long[2 * axes],
                            groups)
                    .head();
        });
    }

    /** Returns the padding to remove from the full output, before each axis, then after each. */
    private static long[] pads(NodeAttributes settings, SlidingWindow window, long[] dims, long[] extra) {
        int axes = window.axes();
        long[] asked = settings.integers("output_shape").orElse(new long[0]);
        if (asked.length == 0
                && (window.autoPad().equals("NOTSET") || window.autoPad().equals("VALID"))) {
            return window.autoPad().equals("NOTSET") ? window.pads() : new long[2 * axes];
        }
        long[] pads = new long[2 * axes];
        for (int i = 0; i < axes; i++) {
            long full = (dims[i + 2] - 1) * window.strides()[i] + extra[i] + window.extent(i);
            long output = asked.length == 0 ? dims[i + 2] * window.strides()[i] : asked[asked.length - axes + i];
            long total = full - output;
            boolean upper = window.autoPad().equals("SAME_UPPER");
            pads[i] = upper ? Math.floorDiv(total, 2) : total - Math.floorDiv(total, 2);
            pads[i + axes] = total - pads[i];
        }
        return pads;
    }

    /** Puts strides - 1 zeros between neighbours. */
    private static NDArray spread(NDArray x, long[] strides) {
        NDArray result = x;
        for (int i = 0; i < strides.length; i++) {
            long stride = strides[i];
            if (stride == 1) {
                continue;
            }
            long[] dims = HostTensors.dims(result);
            int axis = i + 2;
            // A new last axis after this one contains an element and its zeros.
            NDArray apart = result.expandDims(axis + 1);
            long[] pairs = new long[2 * (dims.length - axis)];
            pairs[pairs.length - 1] = stride - 1;
            NDArray filled = apart.pad(new ai.djl.ndarray.types.Shape(pairs), 0);
            dims[axis] *= stride;
            NDArray together = OperatorInputs.reshaped(filled, dims);
            result = together.get(
                    new ai.djl.ndarray.index.NDIndex().addAllDim(axis).addSliceDim(0, dims[axis] - stride + 1));
        }
        return result;
    }

    /** Converts [inputs, outputs / groups, ...] to [outputs, inputs / groups, ...] and flips the axes of the kernel. */
    private static NDArray turned(NDArray weight, int groups) {
        long[] dims = HostTensors.dims(weight);
        int rank = dims.length;
        int[] kernel = new int[rank - 2];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = i + 2;
        }
        NDArray flipped = weight.flip(kernel);
        if (groups == 1) {
            return flipped.swapAxes(0, 1);
        }
        long inputs = dims[0] / groups;
        long outputs = dims[1];
        long[] grouped = new long[rank + 1];
        grouped[0] = groups;
        grouped[1] = inputs;
        System.arraycopy(dims, 1, grouped, 2, rank - 1);
        NDArray swapped = OperatorInputs.reshaped(flipped, grouped).swapAxes(1, 2);
        dims[0] = groups * outputs;
        dims[1] = inputs;
        return OperatorInputs.reshaped(swapped, dims);
    }
}
