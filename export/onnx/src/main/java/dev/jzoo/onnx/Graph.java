package dev.jzoo.onnx;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A computation: named tensors joined by nodes. Every tensor is written once, by an input, an initializer or a node, and
 * nodes stand in an order in which each finds its inputs written (single static assignment, topological order).
 *
 * @param name of the graph
 * @param inputs that a caller must give
 * @param outputs that a caller gets
 * @param initializers constant tensors by name, in the order in which they are written: weights first of all
 * @param nodes in topological order
 * @param values types and shapes of tensors between the nodes, as far as they are known
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

    /** All names that are taken: of tensors and nodes, also inside the bodies of control flow. */
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

    /** The same graph with further outputs, each a tensor that a node or an input writes. */
    public Graph withOutputs(List<ValueInfo> all) {
        return new Graph(name, inputs, all, initializers, nodes, values);
    }

    /** The same graph with every constant in memory of its own. */
    public Graph detached() {
        Map<String, TensorData> own = new LinkedHashMap<>();
        initializers.forEach((key, value) -> own.put(key, value.detached()));
        return new Graph(name, inputs, outputs, own, nodes, values);
    }

    /** Number of values in the floating-point initializers: the parameters, fixed ones included. */
    public long parameters() {
        return initializers.values().stream()
                .filter(tensor -> tensor.type().isFloating())
                .mapToLong(TensorData::elements)
                .sum();
    }
}
