package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Sorting, largest and smallest elements, and running sums. */
final class OrderPrimitives {

    private OrderPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("argMax", call -> extreme(call, "ArgMax"));
        table.put("argMin", call -> extreme(call, "ArgMin"));
        table.put("topK", OrderPrimitives::topK);
        table.put("sort", call -> call.result(sorted(call, true).get(0)));
        // argSort(axis, ascending)
        table.put("argSort", call -> call.result(sorted(call, call.flag(2)).get(1)));
        table.put("cumSum", OrderPrimitives::cumSum);
        table.put("cumProd", OrderPrimitives::cumProd);
        table.put("diff", OrderPrimitives::diff);
    }

    /** Emits argMax(axis), or argMax() of all elements in a row. */
    private static void extreme(StepContext call, String operator) {
        GraphBuilder graph = call.graph();
        boolean all = call.arguments() == 1;
        String values =
                all ? graph.op("Reshape", call.in(0), graph.constant(-1L)).emit() : call.in(0);
        call.result(graph.op(operator, values)
                .integer("axis", all ? 0 : call.axis(1))
                .integer("keepdims", 0)
                .emit());
    }

    /** Emits topK(k, axis, largest, sorted). */
    private static void topK(StepContext call) {
        call.result(call.graph()
                .op("TopK", call.in(0), call.integersList(1))
                .integer("axis", call.axis(2))
                .integer("largest", call.flag(3) ? 1 : 0)
                .integer("sorted", call.flag(4) ? 1 : 0)
                .emit(2)
                .toArray(String[]::new));
    }

    /** Returns all values and positions along an axis, sorted. */
    private static List<String> sorted(StepContext call, boolean ascending) {
        long axis = call.arguments() > 1 ? call.axis(1) : call.shape(0).dimension() - 1;
        return call.graph()
                .op("TopK", call.in(0), call.size(0, axis))
                .integer("axis", axis)
                .integer("largest", ascending ? 0 : 1)
                .emit(2);
    }

    private static void cumSum(StepContext call) {
        long axis = call.arguments() > 1 ? call.axis(1) : 0;
        String values = call.operand(0, call.resultType());
        call.result(call.graph()
                .op("CumSum", values, call.graph().constant(TensorData.scalar(axis)))
                .emit());
    }

    /** Emits cumProd(axis[, type]): the products of each row of a square matrix whose upper half is 1. */
    private static void cumProd(StepContext call) {
        GraphBuilder graph = call.graph();
        DataType type = call.resultType();
        long axis = call.axis(1);
        int rank = call.shape(0).dimension();
        String rows = graph.op("Unsqueeze", call.operand(0, type), graph.constant(axis))
                .emit();
        String positions = graph.op(
                        "Range",
                        graph.constant(TensorData.scalar(0L)),
                        graph.op("Squeeze", call.size(0, axis), graph.constant(0L))
                                .emit(),
                        graph.constant(TensorData.scalar(1L)))
                .emit();
        String later = graph.op(
                        "Greater",
                        graph.op("Unsqueeze", positions, graph.constant(0L)).emit(),
                        graph.op("Unsqueeze", positions, graph.constant(1L)).emit())
                .emit();
        long[] behind = LongStream.range(2, rank - axis + 1).toArray();
        String mask = behind.length == 0
                ? later
                : graph.op("Unsqueeze", later, graph.constant(behind)).emit();
        String square = graph.op("Where", mask, graph.constant(DjlTypes.scalar(type, 1)), rows)
                .emit();
        call.result(ReductionPrimitives.reduce(call, "ReduceProd", square, new long[] {axis + 1}, false));
    }

    /** Emits diff(times, axis): each element minus the one before it, repeated. */
    private static void diff(StepContext call) {
        GraphBuilder graph = call.graph();
        String value = call.in(0);
        String axis = graph.constant(call.axis(2));
        for (long i = 0; i < call.integer(1); i++) {
            String later = graph.op("Slice", value, graph.constant(1L), graph.constant(Long.MAX_VALUE), axis)
                    .emit();
            String earlier = graph.op("Slice", value, graph.constant(0L), graph.constant(-1L), axis)
                    .emit();
            value = graph.op("Sub", later, earlier).emit();
        }
        call.result(value);
    }
}
