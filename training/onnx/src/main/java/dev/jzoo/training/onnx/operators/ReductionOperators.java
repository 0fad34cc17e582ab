package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.TensorData;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Operators that reduce the elements along some axes to one. */
final class ReductionOperators {

    /** A reduction of axes to one element each. */
    private interface Reduction {
        NDArray apply(ForwardPass run, NDArray x, int[] axes);
    }

    private interface Extreme {
        NDArray apply(NDArray x, int[] axis, boolean keep);
    }

    private ReductionOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        reduction(table, "ReduceSum", (run, x, axes) -> x.sum(axes, true));
        reduction(table, "ReduceMean", ReductionOperators::mean);
        reduction(table, "ReduceMax", (run, x, axes) -> extreme(run, x, axes, NDArray::max, Double.NEGATIVE_INFINITY));
        reduction(table, "ReduceMin", (run, x, axes) -> extreme(run, x, axes, NDArray::min, Double.POSITIVE_INFINITY));
        reduction(table, "ReduceProd", (run, x, axes) -> each(x, axes, (y, axis) -> y.prod(axis, true)));
        reduction(table, "ReduceL1", (run, x, axes) -> x.abs().sum(axes, true));
        reduction(
                table, "ReduceL2", (run, x, axes) -> x.square().sum(axes, true).sqrt());
        reduction(table, "ReduceLogSum", (run, x, axes) -> x.sum(axes, true).log());
        reduction(table, "ReduceSumSquare", (run, x, axes) -> x.square().sum(axes, true));
        reduction(table, "ReduceLogSumExp", (run, x, axes) -> {
            // Subtracts the largest element so that nothing overflows; it cancels in the gradient.
            NDArray largest = extreme(run, x.stopGradient(), axes, NDArray::max, Double.NEGATIVE_INFINITY);
            // Infinity minus infinity would be NaN.
            double least = OperatorInputs.lowest(x);
            NDArray shift = largest.clip(least, -least);
            return x.sub(shift).exp().sum(axes, true).log().add(shift);
        });
        table.put("ArgMax", settings -> place(settings, UnaryOperator.identity()));
        table.put("ArgMin", settings -> place(settings, NDArray::neg));
        table.put("TopK", settings -> {
            long along = settings.integer("axis", -1);
            boolean largest = settings.integer("largest", 1) != 0;
            return call -> {
                int axis = HostTensors.axis(along, call.rank());
                NDArray places = call.run().array(places(call, axis, (int) call.longs(1)[0], largest));
                return new NDList(call.x().gather(places, axis), OperatorInputs.view(places));
            };
        });
        table.put("CumSum", ReductionOperators::cumulative);
    }

    private static void reduction(Map<String, Operator.OperatorFactory> table, String opType, Reduction reduction) {
        table.put(opType, settings -> {
            boolean keep = settings.integer("keepdims", 1) != 0;
            boolean emptyIsNone = settings.flag("noop_with_empty_axes");
            return Operator.single(call -> {
                long[] given = call.longsIfGiven(1).orElse(new long[0]);
                int rank = call.rank();
                if (given.length == 0 && emptyIsNone || rank == 0) {
                    // Reduces a new axis of one element, which keeps the shape.
                    return reduction
                            .apply(call.run(), call.x().expandDims(0), new int[] {0})
                            .squeeze(0);
                }
                int[] axes = given.length == 0
                        ? IntStream.range(0, rank).toArray()
                        : Arrays.stream(given)
                                .mapToInt(axis -> HostTensors.axis(axis, rank))
                                .sorted()
                                .toArray();
                NDArray reduced = reduction.apply(call.run(), call.x(), axes);
                return keep ? reduced : without(reduced, axes);
            });
        });
    }

    /** Computes a mean over several axes; the engine supports only one. */
    static NDArray mean(ForwardPass run, NDArray x, int[] axes) {
        long count =
                Arrays.stream(axes).mapToLong(axis -> x.getShape().get(axis)).reduce(1, Math::multiplyExact);
        return x.sum(axes, true).div(run.scalar(count, x));
    }

    private interface Along {
        NDArray apply(NDArray x, int[] axis);
    }

    /** Reduces axis by axis, because the engine cannot reduce them at once. */
    private static NDArray each(NDArray x, int[] axes, Along reduction) {
        NDArray result = x;
        for (int axis : axes) {
            result = reduction.apply(result, new int[] {axis});
        }
        return result;
    }

    /** Returns the largest or the smallest element; infinity if there are none. */
    private static NDArray extreme(ForwardPass run, NDArray x, int[] axes, Extreme extreme, double ofNone) {
        NDArray result = x;
        for (int axis : axes) {
            if (x.getShape().get(axis) == 0) {
                long[] one = HostTensors.dims(result);
                one[axis] = 1;
                result = run.scalar(ofNone, x).broadcast(new Shape(one));
            } else {
                result = extreme.apply(result, new int[] {axis}, true);
            }
        }
        return result;
    }

    private static NDArray without(NDArray x, int[] axes) {
        long[] dims = HostTensors.dims(x);
        long[] kept = IntStream.range(0, dims.length)
                .filter(axis -> Arrays.binarySearch(axes, axis) < 0)
                .mapToLong(axis -> dims[axis])
                .toArray();
        return OperatorInputs.reshaped(x, kept);
    }

    /** Returns the index of the largest element along an axis: the first or the last of equal ones. */
    private static Operator place(NodeAttributes settings, UnaryOperator<NDArray> order) {
        long along = settings.integer("axis", 0);
        boolean keep = settings.integer("keepdims", 1) != 0;
        boolean last = settings.flag("select_last_index");
        return Operator.single(call -> {
            int axis = HostTensors.axis(along, call.rank());
            NDArray x = order.apply(call.x());
            NDArray index = last ? x.flip(axis).argMax(axis) : x.argMax(axis);
            NDArray place = last
                    ? call.run().scalar(call.dims(0)[axis] - 1, DataType.INT64).sub(index)
                    : index;
            return keep ? place.expandDims(axis) : place;
        });
    }

    /**
     * Returns the indices of the first elements in order; of equal ones the first, which the engine does not guarantee.
     */
    private static TensorData places(OperatorInputs call, int axis, int count, boolean largest) {
        long[] dims = call.dims(0);
        double[] values = call.value(0).reals();
        int size = (int) dims[axis];
        int inner = (int) HostTensors.product(dims, axis + 1, dims.length);
        int outer = (int) HostTensors.product(dims, 0, axis);
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("Cannot take " + count + " of " + size + " elements.");
        }
        long[] places = new long[outer * count * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int first = o * size * inner + i;
                Comparator<Integer> order = Comparator.comparingDouble(place -> values[first + place * inner]);
                Integer[] sorted = IntStream.range(0, size).boxed().toArray(Integer[]::new);
                Arrays.sort(sorted, largest ? order.reversed() : order);
                for (int k = 0; k < count; k++) {
                    places[(o * count + k) * inner + i] = sorted[k];
                }
            }
        }
        long[] result = dims.clone();
        result[axis] = count;
        return TensorData.of(places, result);
    }

    private static Operator cumulative(NodeAttributes settings) {
        boolean exclusive = settings.flag("exclusive");
        boolean reverse = settings.flag("reverse");
        return Operator.single(call -> {
            int axis = HostTensors.axis(call.longs(1)[0], call.rank());
            NDArray x = reverse ? call.x().flip(axis) : call.x();
            NDArray sums = x.cumSum(axis).toType(x.getDataType(), false);
            NDArray before = exclusive ? sums.sub(x) : sums;
            return reverse ? before.flip(axis) : before;
        });
    }
}
