package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Primitives that join several tensors or split one. */
final class JoinPrimitives {

    private JoinPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("concat", call -> call.result(join(call, parts(call), call.axis(2))));
        table.put("stack", JoinPrimitives::stack);
        table.put("split", JoinPrimitives::split);
    }

    /**
     * Returns the tensors of concat(the others, axis) and stack(the others, axis), which are called on the first
     * tensor. All get the widest type.
     */
    private static List<String> parts(StepContext call) {
        DataType type = call.resultType();
        List<String> parts = new ArrayList<>(List.of(call.operand(0, type)));
        List<String> others = call.list(1);
        for (int i = 0; i < others.size(); i++) {
            parts.add(
                    call.cast(others.get(i), DjlTypes.of(call.tensors(1).get(i).type()), type));
        }
        return parts;
    }

    private static String join(StepContext call, List<String> parts, long axis) {
        return parts.size() == 1
                ? parts.get(0)
                : call.graph().op("Concat", parts).integer("axis", axis).emit();
    }

    private static void stack(StepContext call) {
        GraphBuilder graph = call.graph();
        long given = call.integer(2);
        long axis = given < 0 ? given + call.shape(0).dimension() + 1 : given;
        List<String> apart = parts(call).stream()
                .map(part -> graph.op("Unsqueeze", part, graph.constant(axis)).emit())
                .toList();
        call.result(join(call, apart, axis));
    }

    /** Emits split(sections or indices, axis). The results determine the length of each part. */
    private static void split(StepContext call) {
        int parts = call.results();
        if (parts == 1) {
            call.result(call.in(0));
            return;
        }
        long axis = call.arguments() > 2 ? call.axis(2) : 0;
        List<String> lengths = new ArrayList<>();
        boolean fixed = true;
        long[] known = new long[parts];
        for (int i = 0; i < parts; i++) {
            known[i] = call.resultKnown(i)[(int) axis];
            fixed &= known[i] >= 0;
        }
        GraphBuilder graph = call.graph();
        String split = "";
        if (fixed) {
            split = graph.constant(known);
        } else {
            for (int i = 0; i < parts; i++) {
                lengths.add(call.resultSize(i, axis));
            }
            split = graph.op("Concat", lengths).integer("axis", 0).emit();
        }
        call.result(graph.op("Split", call.in(0), split)
                .integer("axis", axis)
                .emit(parts)
                .toArray(String[]::new));
    }
}
