package dev.jzoo.onnx;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A computation: named tensors connected by nodes. Exactly one input, initializer or node writes each tensor, and each node
 * comes after the nodes that write its inputs (single static assignment, topological order).
 *
 * @param name of the graph
 * @param inputs the inputs that a caller must provide
 * @param outputs the outputs that a caller gets
 * @param initializers constant tensors by name, in the order in which they are written; above all weights
 * @param nodes in topological order
 * @param values known types and shapes of tensors between the nodes
 */
public record Graph(
        String name,
        List<ValueInfo> inputs,
        List<ValueInfo> outputs,
        Map<String, TensorData> initializers,
        List<Node> nodes,
        List<ValueInfo> values) {

    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
        nodes = List.copyOf(nodes);
        values = List.copyOf(values);
    }

    /** Returns all names in use: of tensors and nodes, including the bodies of control flow. */
    public Set<String> names() {
        Set<String> names = new HashSet<>(initializers.keySet());
        inputs.forEach(input -> names.add(input.name()));
        for (Node node : nodes) {
            names.add(node.name());
            names.addAll(node.outputs());
            node.bodies().forEach(body -> names.addAll(body.names()));
        }
        names.remove("");
        return names;
    }

    /** Returns a copy with these outputs, each a tensor that a node or an input writes. */
    public Graph withOutputs(List<ValueInfo> all) {
        return new Graph(name, inputs, all, initializers, nodes, values);
    }

    /** Returns a copy in which every constant has its own memory. */
    public Graph detached() {
        Map<String, TensorData> own = new LinkedHashMap<>();
        initializers.forEach((key, value) -> own.put(key, value.detached()));
        return new Graph(name, inputs, outputs, own, nodes, values);
    }

    /** Returns the number of parameters: values in the floating-point initializers, including fixed ones. */
    public long parameters() {
        return initializers.values().stream()
                .filter(tensor -> tensor.type().isFloating())
                .mapToLong(TensorData::elements)
                .sum();
    }
}
