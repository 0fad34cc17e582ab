package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Resize, axis by axis: each output is a weighted sum of neighbouring inputs, so resizing an axis is a matrix product.
 * The weights are those of ONNX's reference implementation.
 */
final class Resizing {

    private Resizing() {}

    static Operator of(NodeAttributes settings) {
        Interpolation interpolation = Interpolation.of(settings);
        String policy = settings.text("keep_aspect_ratio_policy", "stretch");
        double outside = settings.real("extrapolation_value", 0);
        return Operator.single(call -> {
            long[] dims = call.dims(0);
            int[] axes = Arrays.stream(settings.integers("axes")
                            .orElse(LongStream.range(0, dims.length).toArray()))
                    .mapToInt(axis -> HostTensors.axis(axis, dims.length))
                    .toArray();
            long[] sizes = new long[axes.length];
            double[] scales = scales(call, policy, dims, axes, sizes);
            HostTensors.checked(sizes);
            for (int i = 0; i < axes.length; i++) {
                HostTensors.checkedCount(sizes[i], dims[axes[i]]);
            }
            double[] roi = call.has(1) ? call.value(1).reals() : new double[0];
            NDArray result = call.x();
            for (int i = 0; i < axes.length; i++) {
                if (interpolation.crops() || scales[i] != 1 || sizes[i] != dims[axes[i]]) {
                    double start = roi.length == 2 * axes.length ? roi[i] : 0;
                    double end = roi.length == 2 * axes.length ? roi[i + axes.length] : 1;
                    Interpolation.AxisSampling axis =
                            new Interpolation.AxisSampling(dims[axes[i]], sizes[i], scales[i], start, end);
                    result = resized(call.run(), result, axes[i], interpolation.weights(axis), outside);
                }
            }
            return result == call.x() ? OperatorInputs.view(result) : result;
        });
    }

    /** Returns the scale of each axis, and sets its size. */
    private static double[] scales(OperatorInputs call, String policy, long[] dims, int[] axes, long[] sizes) {
        double[] scales = new double[axes.length];
        if (call.has(2) && call.dims(2)[0] > 0) {
            double[] given = call.value(2).reals();
            for (int i = 0; i < axes.length; i++) {
                scales[i] = given[i];
                sizes[i] = (long) Math.floor(given[i] * dims[axes[i]]);
            }
            return scales;
        }
        long[] given = call.longs(3);
        for (int i = 0; i < axes.length; i++) {
            scales[i] = (double) given[i] / dims[axes[i]];
            sizes[i] = given[i];
        }
        if (!policy.equals("stretch")) {
            double one = policy.equals("not_larger")
                    ? Arrays.stream(scales).min().orElseThrow()
                    : Arrays.stream(scales).max().orElseThrow();
            Arrays.fill(scales, one);
            Arrays.setAll(sizes, i -> (long) Math.floor(one * dims[axes[i]] + 0.5));
        }
        return scales;
    }

    /**
     * Resizes an axis.
     *
     * @param weights a row for each output; an output without any weight is outside
     */
    private static NDArray resized(ForwardPass run, NDArray x, int axis, float[][] weights, double outside) {
        int inputs = weights[0].length;
        float[] columns = new float[inputs * weights.length];
        float[] fill = new float[weights.length];
        boolean filled = false;
        for (int i = 0; i < weights.length; i++) {
            float sum = 0;
            for (int j = 0; j < inputs; j++) {
                columns[j * weights.length + i] = weights[i][j];
                sum += weights[i][j];
            }
            fill[i] = sum == 0 ? (float) outside : 0;
            filled |= sum == 0;
        }
        int last = x.getShape().dimension() - 1;
        NDArray matrix = run.array(dev.jzoo.onnx.TensorData.of(columns, inputs, weights.length))
                .toType(x.getDataType(), false);
        NDArray product = x.swapAxes(axis, last).matMul(matrix);
        if (filled) {
            product = product.add(run.array(dev.jzoo.onnx.TensorData.of(fill, fill.length)));
        }
        return product.swapAxes(axis, last);
    }
}
