package dev.jzoo.finetune.base;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph pass that lets a graph exported for one batch size take any: a Reshape that sets this size as its first axis
 * keeps the first axis of its input instead. Only running the graph shows whether that axis was the batch.
 */
final class OpenBatch {

    /** The Reshape value that keeps an axis. */
    private static final long KEPT = 0;

    private OpenBatch() {}

    /** Returns the graph with open Reshapes, or the same object if no Reshape has this first size. */
    static Graph of(Graph graph, long batch) {
        Map<String, TensorData> constants = new HashMap<>(graph.initializers());
        Map<String, TensorData> initializers = new LinkedHashMap<>(graph.initializers());
        List<Node> nodes = new ArrayList<>();
        boolean changed = false;
        for (Node node : graph.nodes()) {
            if (node.attributes().get("value") instanceof Attribute.TensorValue constant) {
                constants.put(node.outputs().get(0), constant.value());
            }
            if (!node.opType().equals("Reshape")
                    || !begins(constants.get(node.inputs().get(1)), batch)) {
                nodes.add(node);
                continue;
            }
            LongBuffer sizes = constants.get(node.inputs().get(1)).bytes().asLongBuffer();
            long[] open = new long[sizes.remaining()];
            sizes.get(open);
            open[0] = KEPT;
            String name = node.outputs().get(0) + "/open";
            initializers.put(name, TensorData.vector(open));
            nodes.add(node.withInputs(List.of(node.inputs().get(0), name)));
            changed = true;
        }
        return changed
                ? new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, List.of())
                : graph;
    }

    private static boolean begins(TensorData shape, long batch) {
        return shape != null
                && shape.type() == DataType.INT64
                && shape.elements() > 1
                && shape.bytes().asLongBuffer().get(0) == batch;
    }
}
