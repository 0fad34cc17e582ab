package dev.jzoo.export.djl.primitives;

import dev.jzoo.export.djl.recording.IndexPart;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.util.List;
import java.util.Map;

/** Assignments to some positions of an array. DJL writes in place; the recording has a new array instead. */
final class AssignmentPrimitives {

    private AssignmentPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("set", AssignmentPrimitives::set);
        // scatter(index, values, axis)
        table.put(
                "scatter",
                call -> call.result(call.graph()
                        .op("ScatterElements", call.in(0), call.positions(1), call.operand(2, call.type(0)))
                        .integer("axis", call.axis(3))
                        .emit()));
        // put(index, values): positions in the flattened array
        table.put("put", call -> call.result(scattered(call, call.positions(1), call.operand(2, call.type(0)))));
    }

    /** Emits set(index, a number or an array): at the positions where a mask is true, or that the index selects. */
    private static void set(StepContext call) {
        GraphBuilder graph = call.graph();
        List<List<IndexPart>> index = call.index(1);
        String value = call.operand(2, call.type(0));
        if (index.get(0).size() == 1 && index.get(0).get(0) instanceof IndexPart.Mask ours) {
            if (call.isTensor(2) && !call.shape(2).isScalar()) {
                throw new StepContext.UnsupportedStepException(
                        "values for each true position of a mask: their number depends on values; use"
                                + " NDArrays.where");
            }
            IndexPart.Mask theirs = (IndexPart.Mask) index.get(1).get(0);
            call.result(graph.op("Where", call.name(ours.mask(), theirs.mask()), value, call.in(0))
                    .emit());
            return;
        }
        String count = graph.op("Size", call.in(0)).emit();
        String all = graph.op(
                        "Range", graph.constant(TensorData.scalar(0L)), count, graph.constant(TensorData.scalar(1L)))
                .emit();
        String numbered = graph.op("Reshape", all, call.shapeList(0)).emit();
        String positions = SelectionPrimitives.select(call, numbered, index);
        String values =
                graph.op("Expand", value, graph.op("Shape", positions).emit()).emit();
        call.result(scattered(call, positions, values));
    }

    private static String scattered(StepContext call, String positions, String values) {
        GraphBuilder graph = call.graph();
        String flat = graph.op("Reshape", call.in(0), graph.constant(-1L)).emit();
        String written = graph.op(
                        "ScatterElements",
                        flat,
                        graph.op("Reshape", positions, graph.constant(-1L)).emit(),
                        graph.op("Reshape", values, graph.constant(-1L)).emit())
                .integer("axis", 0)
                .emit();
        return graph.op("Reshape", written, call.shapeList(0)).emit();
    }
}
