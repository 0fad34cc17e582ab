package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.util.List;
import java.util.Map;

/** Sorting, the largest and smallest, and running sums. */
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
    }

    /** argMax(axis), or argMax() of all elements in a row. */
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

    /** topK(k, axis, largest, sorted). */
    private static void topK(StepContext call) {
        call.result(call.graph()
                .op("TopK", call.in(0), call.integersList(1))
                .integer("axis", call.axis(2))
                .integer("largest", call.flag(3) ? 1 : 0)
                .integer("sorted", call.flag(4) ? 1 : 0)
                .emit(2)
                .toArray(String[]::new));
    }

    /** Values and positions along an axis, all of them. */
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
}
