package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file with other values for some of its constants, and otherwise as it was. */
final class WrittenFile {

    private WrittenFile() {}

    /**
     * @param values by the names of tensors: initializers, or what a node makes of nothing but constants (a Constant, a
     *     ConstantOfShape, the Cast of a weight in half precision)
     */
    static OnnxFile of(OnnxFile file, Map<String, TensorData> values) {
        Graph graph = file.graph();
        Map<String, TensorData> initializers = new LinkedHashMap<>(graph.initializers());
        List<Node> nodes = new ArrayList<>();
        values.forEach((name, value) -> initializers.replace(name, value));
        for (Node node : graph.nodes()) {
            String output = node.outputs().get(0);
            TensorData value = values.get(output);
            if (value == null) {
                nodes.add(node);
            } else if (HalfWeights.isStored(node, graph.initializers())) {
                initializers.put(node.inputs().get(0), HalfWeights.halved(value).orElse(value));
                nodes.add(node);
            } else if (gives(node, value)) {
                nodes.add(node);
            } else {
                // No longer what the node writes: an initializer takes its place.
                initializers.put(output, value);
            }
        }
        return file.withGraph(
                new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values()));
    }

    /** Whether a Constant or ConstantOfShape gives these values as it is. */
    private static boolean gives(Node node, TensorData value) {
        Attribute given = node.attributes().get("value");
        if (node.opType().equals("Constant")) {
            return given instanceof Attribute.TensorValue constant
                    && constant.value().equals(value);
        }
        float repeated = given instanceof Attribute.TensorValue constant
                        && constant.value().type() == DataType.FLOAT
                ? constant.value().floats()[0]
                : 0;
        for (float each : value.floats()) {
            if (Float.compare(each, repeated) != 0) {
                return false;
            }
        }
        return true;
    }
}
