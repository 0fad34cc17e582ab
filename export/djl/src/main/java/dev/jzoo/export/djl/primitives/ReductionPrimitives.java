package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import java.util.Map;
import java.util.stream.LongStream;

/** Reductions over all axes or over some. */
final class ReductionPrimitives {

    private ReductionPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        Map.of("sum", "ReduceSum", "mean", "ReduceMean", "max", "ReduceMax", "min", "ReduceMin", "prod", "ReduceProd")
                .forEach((primitive, operator) -> table.put(primitive, call -> reduction(call, operator)));
        table.put("norm", ReductionPrimitives::norm);
        table.put("normalize", ReductionPrimitives::normalize);
    }

    /** Emits sum() or sum(axes, keepDims). Sums of integers and booleans have 64 bits. */
    private static void reduction(StepContext call, String operator) {
        String values = call.operand(0, call.resultType());
        boolean all = call.arguments() == 1;
        call.result(reduce(call, operator, values, all ? all(call) : call.axes(1), !all && call.flag(2)));
    }

    private static long[] all(StepContext call) {
        return LongStream.range(0, call.shape(0).dimension()).toArray();
    }

    /** Emits a reduction. ReduceSum has its axes as an input from opset 13, the other operators from 18. */
    static String reduce(StepContext call, String operator, String values, long[] axes, boolean keep) {
        GraphBuilder graph = call.graph();
        GraphBuilder.NodeBuilder node = operator.equals("ReduceSum")
                ? graph.op(operator, values, graph.constant(axes))
                : graph.op(operator, values).ints("axes", axes);
        return node.integer("keepdims", keep ? 1 : 0).emit();
    }

    /** Emits norm(keepDims) or norm(order, axes, keepDims); without axes over all of them. */
    private static void norm(StepContext call) {
        boolean ofAll = call.arguments() == 2;
        long[] axes = ofAll ? new long[0] : call.axes(2);
        boolean keep = call.flag(call.arguments() - 1);
        call.result(norm(call, ofAll ? 2 : call.number(1), axes.length == 0 ? all(call) : axes, keep));
    }

    /** Returns the root of the sum of powers. */
    private static String norm(StepContext call, double order, long[] axes, boolean keep) {
        if (order == 1 || order == 2) {
            return reduce(call, order == 1 ? "ReduceL1" : "ReduceL2", call.in(0), axes, keep);
        } else if (order <= 0) {
            throw new StepContext.UnsupportedStepException("a norm of order " + order);
        }
        GraphBuilder graph = call.graph();
        DataType type = call.type(0);
        String powers = graph.op(
                        "Pow", graph.op("Abs", call.in(0)).emit(), graph.constant(DjlTypes.scalar(type, order)))
                .emit();
        String sum = reduce(call, "ReduceSum", powers, axes, keep);
        return graph.op("Pow", sum, graph.constant(DjlTypes.scalar(type, 1 / order)))
                .emit();
    }

    /** Emits normalize(order, axis, eps): x / max(norm, eps). */
    private static void normalize(StepContext call) {
        GraphBuilder graph = call.graph();
        String norm = norm(call, call.number(1), new long[] {call.axis(2)}, true);
        String divisor = graph.op("Max", norm, call.operand(3, call.type(0))).emit();
        call.result(graph.op("Div", call.in(0), divisor).emit());
    }
}
