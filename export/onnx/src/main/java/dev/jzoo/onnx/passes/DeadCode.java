package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

/**
 * A pass that removes nodes, constants and descriptions of tensors that no output needs. Inputs stay, since callers pass
 * them.
 */
final class DeadCode implements GraphPass {

    @Override
    public Graph apply(Graph graph) {
        Set<String> needed = new HashSet<>();
        graph.outputs().forEach(output -> needed.add(output.name()));
        LinkedList<Node> alive = new LinkedList<>();
        ListIterator<Node> backwards = graph.nodes().listIterator(graph.nodes().size());
        while (backwards.hasPrevious()) {
            Node node = backwards.previous();
            if (node.outputs().stream().anyMatch(needed::contains)) {
                alive.addFirst(node);
                needed.addAll(node.inputs());
                GraphWalk.pinCaptured(node, needed);
            }
        }
        Map<String, TensorData> constants = new LinkedHashMap<>(graph.initializers());
        constants.keySet().retainAll(needed);
        Set<String> written = new HashSet<>(constants.keySet());
        graph.inputs().forEach(input -> written.add(input.name()));
        alive.forEach(node -> written.addAll(node.outputs()));
        List<ValueInfo> values = graph.values().stream()
                .filter(value -> written.contains(value.name()))
                .toList();
        boolean same = alive.size() == graph.nodes().size()
                && constants.size() == graph.initializers().size()
                && values.size() == graph.values().size();
        return same ? graph : new Graph(graph.name(), graph.inputs(), graph.outputs(), constants, alive, values);
    }
}
