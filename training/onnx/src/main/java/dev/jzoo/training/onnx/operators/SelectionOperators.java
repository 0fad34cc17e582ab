package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.TensorData;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that select, crop or reverse by lists of indices that are known in Java. */
final class SelectionOperators {

    private SelectionOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put("NonZero", Operator.plain(SelectionOperators::nonZero));
        table.put("NonMaxSuppression", BoxSelection::of);
        table.put("RotaryEmbedding", AttentionOperator::rotary);
        table.put("Compress", SelectionOperators::compress);
        table.put("CenterCropPad", SelectionOperators::centred);
        table.put("ReverseSequence", SelectionOperators::reversed);
        table.put("EyeLike", SelectionOperators::eye);
        table.put("TensorScatter", SelectionOperators::cached);
    }

    /** Returns [axes, count]. */
    private static NDArray nonZero(OperatorInputs call) {
        NDArray places = call.x().nonzero();
        return places.getShape().dimension() == 2
                ? places.transpose()
                : OperatorInputs.reshaped(places, call.rank(), places.size() / Math.max(1, call.rank()));
    }

    private static Operator compress(NodeAttributes settings) {
        boolean flat = !settings.node().attributes().containsKey("axis");
        long along = settings.integer("axis", 0);
        return Operator.single(call -> {
            long[] condition = call.longs(1);
            NDArray x = flat ? call.x().flatten() : call.x();
            int axis = flat ? 0 : HostTensors.axis(along, call.rank());
            long[] places = IntStream.range(0, condition.length)
                    .filter(i -> condition[i] != 0)
                    .asLongStream()
                    .toArray();
            return IndexingOperators.along(x, axis, call.run().array(places));
        });
    }

    private static Operator centred(NodeAttributes settings) {
        return Operator.single(call -> {
            int rank = call.rank();
            long[] shape = call.longs(1);
            long[] axes =
                    settings.integers("axes").orElse(LongStream.range(0, rank).toArray());
            NDArray result = call.x();
            long[] pairs = new long[2 * rank];
            for (int i = 0; i < axes.length; i++) {
                int axis = HostTensors.axis(axes[i], rank);
                long more = shape[i] - call.dims(0)[axis];
                if (more < 0) {
                    result = Slicing.along(result, axis, -more / 2, -more / 2 + shape[i], 1);
                } else {
                    pairs[2 * (rank - 1 - axis)] = more / 2;
                    pairs[2 * (rank - 1 - axis) + 1] = more - more / 2;
                }
            }
            return result.pad(new Shape(pairs), 0);
        });
    }

    /** Reverses the first steps of each sequence, as many as its length. */
    private static Operator reversed(NodeAttributes settings) {
        int batchAxis = (int) settings.integer("batch_axis", 1);
        int timeAxis = (int) settings.integer("time_axis", 0);
        return Operator.single(call -> {
            long[] dims = call.dims(0);
            long[] lengths = call.longs(1);
            long[] places = new long[HostTensors.checkedCount(dims[0], dims[1])];
            for (int i = 0; i < places.length; i++) {
                long row = i / dims[1];
                long column = i % dims[1];
                long time = timeAxis == 0 ? row : column;
                long length = lengths[(int) (batchAxis == 0 ? row : column)];
                places[i] = time < length ? length - 1 - time : time;
            }
            long[] first = new long[dims.length];
            Arrays.fill(first, 1);
            first[0] = dims[0];
            first[1] = dims[1];
            NDArray index = call.run().array(TensorData.of(places, first)).broadcast(new Shape(dims));
            return call.x().gather(index, timeAxis);
        });
    }

    private static Operator eye(NodeAttributes settings) {
        long diagonal = settings.integer("k", 0);
        long type = settings.integer("dtype", 0);
        return Operator.single(call -> {
            int rows = Math.toIntExact(call.dims(0)[0]);
            int columns = Math.toIntExact(call.dims(0)[1]);
            float[] values = new float[HostTensors.checkedCount(rows, columns)];
            for (int i = 0; i < rows; i++) {
                if (i + diagonal >= 0 && i + diagonal < columns) {
                    values[(int) (i * (long) columns + i + diagonal)] = 1;
                }
            }
            DataType given = type == 0
                    ? call.x().getDataType()
                    : HostTensors.type(dev.jzoo.onnx.DataType.of((int) type)).orElseThrow();
            return call.run().array(TensorData.of(values, rows, columns)).toType(given, true);
        });
    }

    /**
     * Returns TensorScatter: writes new values into a cache, from an index of each example on, optionally wrapping
     * around at the end.
     */
    private static Operator cached(NodeAttributes settings) {
        long along = settings.integer("axis", -2);
        boolean circular = settings.text("mode", "linear").equals("circular");
        return Operator.single(call -> {
            long[] dims = call.dims(1);
            int axis = HostTensors.axis(along, dims.length);
            long size = call.dims(0)[axis];
            long[] starts = call.longsIfGiven(2).orElse(new long[(int) dims[0]]);
            long[] places = new long[HostTensors.checkedCount(dims[0], dims[axis])];
            for (int i = 0; i < places.length; i++) {
                long place = starts[(int) (i / dims[axis])] + i % dims[axis];
                places[i] = circular ? Math.floorMod(place, size) : place;
            }
            long[] shape = new long[dims.length];
            Arrays.fill(shape, 1);
            shape[0] = dims[0];
            shape[axis] = dims[axis];
            NDArray index = call.run().array(TensorData.of(places, shape)).broadcast(new Shape(dims));
            return call.x().scatter(index, call.array(1), axis);
        });
    }
}
