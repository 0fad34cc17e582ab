package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Pooling over windows and over whole pictures; inputs are [N, C, ...]. */
final class PoolingOperators {

    private PoolingOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put("MaxPool", settings -> {
            settings.require(settings.outputs() == 1, "its second output, the indices of the maxima, is not supported");
            return Operator.single(call -> maximum(call.x(), window(settings)));
        });
        table.put("AveragePool", settings -> {
            boolean countPadding = settings.flag("count_include_pad");
            return Operator.single(call -> mean(call, window(settings), countPadding));
        });
        table.put("LpPool", settings -> {
            double p = settings.integer("p", 2);
            return Operator.single(call -> {
                NDArray powers = power(call, call.x(), p);
                SlidingWindow window = window(settings);
                NDArray sums = sums(powers, window, window.pads(call.dims(0)));
                return sums.pow(call.scalar(1 / p));
            });
        });
        table.put(
                "GlobalAveragePool",
                Operator.plain(
                        call -> spatial(call, call.x().getNDArrayInternal().globalAvgPool())));
        table.put(
                "GlobalMaxPool",
                Operator.plain(
                        call -> spatial(call, call.x().getNDArrayInternal().globalMaxPool())));
        table.put("GlobalLpPool", settings -> {
            double p = settings.integer("p", 2);
            return Operator.single(call -> {
                int[] axes = new int[call.rank() - 2];
                Arrays.setAll(axes, i -> i + 2);
                return power(call, call.x(), p).sum(axes, true).pow(call.scalar(1 / p));
            });
        });
    }

    private static SlidingWindow window(NodeAttributes settings) {
        return SlidingWindow.of(settings, settings.integers("kernel_shape").orElseThrow());
    }

    private static NDArray power(OperatorInputs call, NDArray x, double p) {
        NDArray size = x.abs();
        return p == 1 ? size : size.pow(call.scalar(p));
    }

    /** Restores the pooled axes, which have one element in ONNX; the engine returns [N, C]. */
    private static NDArray spatial(OperatorInputs call, NDArray pooled) {
        long[] dims = new long[call.rank()];
        Arrays.fill(dims, 1);
        dims[0] = call.dims(0)[0];
        dims[1] = call.dims(0)[1];
        return OperatorInputs.reshaped(pooled, dims);
    }

    private static NDArray maximum(NDArray x, SlidingWindow window) {
        long[] dims = HostTensors.dims(x);
        long[] padding = window.pads(dims);
        if (isNative(window, padding)) {
            return x.getNDArrayInternal()
                    .maxPool(
                            new Shape(window.kernel()),
                            new Shape(window.strides()),
                            new Shape(Arrays.copyOf(padding, window.axes())),
                            window.ceiling());
        }
        NDArray padded = SlidingWindow.padded(x, reaching(window, dims, padding), OperatorInputs.lowest(x));
        return window.dilated()
                ? overWindow(padded, window, window.places(dims, padding), NDArray::maximum)
                : padded.getNDArrayInternal()
                        .maxPool(
                                new Shape(window.kernel()),
                                new Shape(window.strides()),
                                new Shape(new long[window.axes()]),
                                false);
    }

    /** Returns whether the engine supports this pooling: equal padding before and after, and at most half a window. */
    private static boolean isNative(SlidingWindow window, long[] padding) {
        boolean small = true;
        for (int i = 0; i < window.axes(); i++) {
            small &= padding[i] <= window.kernel()[i] / 2;
        }
        return small && SlidingWindow.isSymmetric(padding) && !window.dilated();
    }

    private static NDArray mean(OperatorInputs call, SlidingWindow window, boolean countPadding) {
        NDArray x = call.x();
        long[] dims = call.dims(0);
        long[] padding = window.pads(dims);
        boolean unpadded = Arrays.stream(padding).allMatch(pad -> pad == 0);
        // The engine always counts its padding.
        if (isNative(window, padding) && (countPadding || unpadded) && !window.ceiling()) {
            return x.getNDArrayInternal()
                    .avgPool(
                            new Shape(window.kernel()),
                            new Shape(window.strides()),
                            new Shape(Arrays.copyOf(padding, window.axes())),
                            false,
                            true);
        }
        long[] one = dims.clone();
        one[0] = 1;
        one[1] = 1;
        NDArray ones = call.run().manager().ones(new Shape(one), x.getDataType());
        NDArray counted = countPadding ? SlidingWindow.padded(ones, padding, 1) : ones;
        long[] rest = countPadding ? new long[padding.length] : padding;
        SlidingWindow plain = new SlidingWindow(
                window.kernel(), window.strides(), window.dilations(), rest, "NOTSET", window.ceiling());
        return sums(x, window, padding).div(sums(counted, plain, rest, window.places(dims, padding)));
    }

    private static NDArray sums(NDArray x, SlidingWindow window, long[] padding) {
        return sums(x, window, padding, window.places(HostTensors.dims(x), padding));
    }

    private static NDArray sums(NDArray x, SlidingWindow window, long[] padding, long[] places) {
        long[] dims = HostTensors.dims(x);
        NDArray padded = SlidingWindow.padded(x, reaching(window, dims, padding, places), 0);
        return overWindow(padded, window, places, NDArray::add);
    }

    private static long[] reaching(SlidingWindow window, long[] dims, long[] padding) {
        return reaching(window, dims, padding, window.places(dims, padding));
    }

    /** Returns the padding, extended at the end as far as the last window reaches. */
    private static long[] reaching(SlidingWindow window, long[] dims, long[] padding, long[] places) {
        long[] result = padding.clone();
        int axes = window.axes();
        for (int i = 0; i < axes; i++) {
            long end = (places[i] - 1) * window.strides()[i] + window.extent(i);
            result[i + axes] = Math.max(padding[i + axes], end - dims[i + 2] - padding[i]);
        }
        return result;
    }

    /** Combines the elements at each position of the window, for all windows at once. */
    private static NDArray overWindow(NDArray x, SlidingWindow window, long[] places, BinaryOperator<NDArray> join) {
        HostTensors.checkedCount(window.kernel());
        List<long[]> offsets = new ArrayList<>();
        offsets(window.kernel(), new long[window.axes()], 0, offsets);
        NDArray result = x;
        for (long[] offset : offsets) {
            NDIndex index = new NDIndex().addAllDim(2);
            for (int i = 0; i < places.length; i++) {
                long first = offset[i] * window.dilations()[i];
                index.addSliceDim(first, first + (places[i] - 1) * window.strides()[i] + 1, window.strides()[i]);
            }
            NDArray slice = x.get(index);
            result = result == x ? slice : join.apply(result, slice);
        }
        return result;
    }

    private static void offsets(long[] kernel, long[] offset, int axis, List<long[]> all) {
        if (axis == kernel.length) {
            all.add(offset.clone());
            return;
        }
        for (long i = 0; i < kernel[axis]; i++) {
            offset[axis] = i;
            offsets(kernel, offset, axis + 1, all);
        }
    }
}
