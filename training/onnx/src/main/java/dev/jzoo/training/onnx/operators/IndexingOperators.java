package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Map;

/** Operators that select elements by arrays of indices. */
final class IndexingOperators {

    private IndexingOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put("Slice", Operator.plain(Slicing::slice));
        table.put("Gather", settings -> {
            long axis = settings.integer("axis", 0);
            return Operator.single(call -> along(call.x(), HostTensors.axis(axis, call.rank()), call.array(1)));
        });
        table.put("GatherElements", settings -> {
            long along = settings.integer("axis", 0);
            return Operator.single(call -> {
                int axis = HostTensors.axis(along, call.rank());
                return call.x().gather(fromFront(call, call.array(1), call.dims(0)[axis]), axis);
            });
        });
        table.put("GatherND", IndexingOperators::gatherNd);
        table.put("ScatterElements", Scattering::elements);
        table.put("ScatterND", Scattering::blocks);
        table.put("OneHot", IndexingOperators::oneHot);
    }

    /** Selects along an axis by indices of any shape, which replaces the axis. Indices may be negative. */
    static NDArray along(NDArray x, int axis, NDArray places) {
        return x.get(new NDIndex(":, ".repeat(axis) + "{}", places.toType(DataType.INT64, false)));
    }

    /** Converts indices that may be negative to indices from 0. */
    static NDArray fromFront(OperatorInputs call, NDArray places, long size) {
        NDArray wide = places.toType(DataType.INT64, false);
        NDArray behind = wide.lt(call.run().scalar(0, DataType.INT64)).toType(DataType.INT64, false);
        return wide.add(behind.mul(call.run().scalar(size, DataType.INT64)));
    }

    private static Operator gatherNd(NodeAttributes settings) {
        int batched = (int) settings.integer("batch_dims", 0);
        return Operator.single(call -> {
            long[] dims = call.dims(0);
            long[] shape = call.dims(1);
            int depth = (int) shape[shape.length - 1];
            long batches = HostTensors.product(dims, 0, batched);
            long rows = HostTensors.product(dims, batched, batched + depth);
            NDArray perBatch = OperatorInputs.reshaped(flattened(call, batched, depth), batches, -1);
            NDArray first = OperatorInputs.reshaped(call.run().array(multiples(batches, rows)), batches, 1);
            NDArray table = OperatorInputs.reshaped(
                    call.x(), batches * rows, HostTensors.product(dims, batched + depth, dims.length));
            NDArray picked = along(table, 0, perBatch.add(first).flatten());
            int inner = dims.length - batched - depth;
            long[] result = new long[shape.length - 1 + inner];
            System.arraycopy(shape, 0, result, 0, shape.length - 1);
            System.arraycopy(dims, batched + depth, result, shape.length - 1, inner);
            return OperatorInputs.reshaped(picked, result);
        });
    }

    /** Returns one index into the flattened axes for each tuple of indices. */
    static NDArray flattened(OperatorInputs call, int batched, int depth) {
        long[] dims = call.dims(0);
        NDArray tuples = call.array(1).toType(DataType.INT64, false);
        NDArray flat = call.run().scalar(0, DataType.INT64);
        for (int i = 0; i < depth; i++) {
            NDArray place = Slicing.along(tuples, call.dims(1).length - 1, i, i + 1, 1);
            flat = flat.mul(call.run().scalar(dims[batched + i], DataType.INT64))
                    .add(fromFront(call, place, dims[batched + i]));
        }
        return flat;
    }

    private static long[] multiples(long count, long step) {
        long[] values = new long[HostTensors.checkedCount(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * step;
        }
        return values;
    }

    private static Operator oneHot(NodeAttributes settings) {
        long along = settings.integer("axis", -1);
        return Operator.single(call -> {
            long depth = call.longs(1)[0];
            HostTensors.checked(depth, HostTensors.product(call.dims(0), 0, call.rank()));
            int axis = HostTensors.axis(along, call.rank() + 1);
            NDArray values = call.array(2);
            NDArray places = fromFront(call, call.x(), depth).expandDims(axis);
            long[] line = new long[call.rank() + 1];
            java.util.Arrays.fill(line, 1);
            line[axis] = depth;
            NDArray all = OperatorInputs.reshaped(
                    call.run().array(java.util.stream.LongStream.range(0, depth).toArray()), line);
            NDArray hot = places.eq(all).toType(DataType.INT64, false);
            return along(values, 0, hot);
        });
    }
}
