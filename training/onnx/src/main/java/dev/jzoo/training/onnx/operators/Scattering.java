package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** ScatterElements and ScatterND: write values into a tensor at indices, or combine them with its elements. */
final class Scattering {

    private Scattering() {}

    static Operator elements(NodeAttributes settings) {
        long along = settings.integer("axis", 0);
        String reduction = settings.text("reduction", "none");
        return Operator.single(call -> {
            int axis = HostTensors.axis(along, call.rank());
            NDArray places = IndexingOperators.fromFront(call, call.array(1), call.dims(0)[axis]);
            if (reduction.equals("none")) {
                return call.x().scatter(places, call.array(2), axis);
            }
            long[] dims = call.dims(0);
            long size = HostTensors.product(dims, 0, dims.length);
            NDArray table = OperatorInputs.reshaped(call.x(), size, 1);
            NDArray updates = OperatorInputs.reshaped(call.array(2), -1, 1);
            long[] rows = rows(dims, call.dims(1), axis, HostTensors.longs(places));
            return OperatorInputs.reshaped(joined(call, table, rows, updates, join(reduction)), dims);
        });
    }

    static Operator blocks(NodeAttributes settings) {
        String reduction = settings.text("reduction", "none");
        return Operator.single(call -> {
            long[] dims = call.dims(0);
            long[] shape = call.dims(1);
            int depth = (int) shape[shape.length - 1];
            long inner = HostTensors.product(dims, depth, dims.length);
            NDArray places = OperatorInputs.reshaped(IndexingOperators.flattened(call, 0, depth), -1, 1);
            long count = places.getShape().get(0);
            NDArray table = OperatorInputs.reshaped(call.x(), HostTensors.product(dims, 0, depth), inner);
            NDArray updates = OperatorInputs.reshaped(call.array(2), count, inner);
            NDArray result = reduction.equals("none")
                    ? table.scatter(places.broadcast(new Shape(count, inner)), updates, 0)
                    : joined(call, table, HostTensors.longs(places), updates, join(reduction));
            return OperatorInputs.reshaped(result, dims);
        });
    }

    private static BinaryOperator<NDArray> join(String reduction) {
        return switch (reduction) {
            case "add" -> NDArray::add;
            case "mul" -> NDArray::mul;
            case "max" -> NDArray::maximum;
            case "min" -> NDArray::minimum;
            default -> throw new IllegalArgumentException("Unknown reduction '" + reduction + "'.");
        };
    }

    /** Returns the index of each update in a flattened tensor. */
    private static long[] rows(long[] dims, long[] updates, int axis, long[] places) {
        long[] rows = new long[places.length];
        for (int i = 0; i < rows.length; i++) {
            long rest = i;
            long step = 1;
            for (int j = dims.length - 1; j >= 0; j--) {
                long at = rest % updates[j];
                rows[i] += (j == axis ? places[i] : at) * step;
                rest /= updates[j];
                step *= dims[j];
            }
        }
        return rows;
    }

    /** Combines updates in rounds of different indices, so that each update sees the result of those before it. */
    private static NDArray joined(
            OperatorInputs call, NDArray table, long[] rows, NDArray updates, BinaryOperator<NDArray> join) {
        List<List<Long>> rounds = new ArrayList<>();
        Map<Long, Integer> met = new HashMap<>();
        for (int i = 0; i < rows.length; i++) {
            int round = met.merge(rows[i], 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add((long) i);
        }
        NDArray result = table;
        long inner = table.getShape().get(1);
        for (List<Long> round : rounds) {
            long[] from = round.stream().mapToLong(Long::longValue).toArray();
            long[] to = round.stream().mapToLong(i -> rows[(int) (long) i]).toArray();
            NDArray there = IndexingOperators.along(result, 0, call.run().array(to));
            NDArray values = join.apply(
                    there, IndexingOperators.along(updates, 0, call.run().array(from)));
            NDArray index = OperatorInputs.reshaped(call.run().array(to), to.length, 1)
                    .toType(DataType.INT64, false)
                    .broadcast(new Shape(to.length, inner));
            result = result.scatter(index, values, 0);
        }
        return result == table ? OperatorInputs.view(table) : result;
    }
}
