package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;

/** Convolutions and matrix products, which have most of the weights. */
final class LayerOperators {

    private LayerOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put("Conv", LayerOperators::convolution);
        table.put("ConvTranspose", Deconvolution::of);
        table.put("Gemm", LayerOperators::gemm);
        table.put("MatMul", Operator.plain(call -> call.x().matMul(call.array(1))));
    }

    private static Operator convolution(NodeAttributes settings) {
        int groups = (int) settings.integer("group", 1);
        return call -> {
            long[] weight = call.dims(1);
            SlidingWindow window = SlidingWindow.of(settings, Arrays.copyOfRange(weight, 2, weight.length));
            long[] padding = window.pads(call.dims(0));
            return convolution(
                    call.x(),
                    call.array(1),
                    call.has(2) ? new NDList(call.array(2)) : new NDList(),
                    window,
                    padding,
                    groups);
        };
    }

    /**
     * Computes a convolution.
     *
     * @param x [N, C, ...]
     * @param weight [outputs, C / groups, ...]
     * @param bias [outputs], or empty
     */
    static NDList convolution(
            NDArray x, NDArray weight, NDList bias, SlidingWindow window, long[] padding, int groups) {
        boolean fits = x.getShape().dimension() == window.axes() + 2
                && weight.getShape().dimension() == window.axes() + 2;
        if (!fits || groups < 1) {
            throw new IllegalArgumentException(
                    "a kernel of " + weight.getShape() + " in " + groups + " groups does not fit " + x.getShape());
        }
        boolean symmetric = SlidingWindow.isSymmetric(padding);
        NDArray input = symmetric ? x : SlidingWindow.padded(x, padding, 0);
        long[] both = symmetric ? Arrays.copyOf(padding, window.axes()) : new long[window.axes()];
        return input.getNDArrayInternal()
                .convolution(
                        input,
                        weight,
                        bias.isEmpty() ? null : bias.head(), // the engine's form of no bias
                        new Shape(window.strides()),
                        new Shape(both),
                        new Shape(window.dilations()),
                        groups);
    }

    private static Operator gemm(NodeAttributes settings) {
        boolean transA = settings.flag("transA");
        boolean transB = settings.flag("transB");
        double alpha = settings.real("alpha", 1);
        double beta = settings.real("beta", 1);
        return Operator.single(call -> {
            NDArray a = transA ? call.x().transpose() : call.x();
            NDArray b = call.array(1);
            NDArray units = transB ? b : b.transpose(); // [units, features]
            boolean fused = alpha == 1 && beta == 1 && call.has(2) && isBias(call.dims(2), units);
            if (fused) {
                return a.getNDArrayInternal().linear(a, units, call.array(2)).head();
            }
            NDArray product = transB ? a.matMul(b.transpose()) : a.matMul(b);
            NDArray scaled = alpha == 1 ? product : product.mul(call.scalar(alpha));
            if (!call.has(2)) {
                return scaled;
            }
            return scaled.add(beta == 1 ? call.array(2) : call.array(2).mul(call.scalar(beta)));
        });
    }

    private static boolean isBias(long[] dims, NDArray units) {
        return dims.length == 1 && dims[0] == units.getShape().get(0);
    }
}
