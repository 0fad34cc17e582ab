package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A pass that makes the branches of an If part of the surrounding graph: their tensors get unique names, and their
 * constants become constants of the graph.
 */
final class Branches {

    private final Map<String, TensorData> initializers;
    private final Set<String> taken;
    private final long opset;

    private Branches(Graph graph, long opset) {
        this.opset = opset;
        initializers = new LinkedHashMap<>(graph.initializers());
        taken = new HashSet<>(graph.initializers().keySet());
        graph.inputs().forEach(input -> taken.add(input.name()));
        graph.nodes().forEach(node -> taken.addAll(node.outputs()));
    }

    /**
     * Opens the branches of a graph.
     *
     * @param graph the graph in canonical form, with its branches in the form of an opset
     */
    static Graph open(Graph graph, long opset) {
        if (graph.nodes().stream().noneMatch(Branches::isIf)) {
            return graph;
        }
        Branches branches = new Branches(graph, opset);
        List<Node> nodes = graph.nodes().stream().map(branches::opened).toList();
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), branches.initializers, nodes, graph.values());
    }

    static boolean isIf(Node node) {
        return node.domain().isEmpty() && node.opType().equals("If");
    }

    private Node opened(Node node) {
        return isIf(node) ? node.withBodies(body -> opened(node, body)) : node;
    }

    private Graph opened(Node node, Graph branch) {
        Graph canonical = GraphPass.canonicalForm(opset).apply(branch);
        canonical.initializers().forEach((name, value) -> {
            if (!taken.add(name)) {
                throw new UnsupportedGraphException(
                        List.of(node.describe() + ": its branches have two constants named '" + name + "'"));
            }
            initializers.put(name, value);
        });
        Map<String, String> names = new HashMap<>();
        canonical.nodes().forEach(inner -> inner.outputs().forEach(output -> rename(node, output, names)));
        Graph renamed = renamed(canonical, name -> names.getOrDefault(name, name));
        return new Graph(
                renamed.name(),
                renamed.inputs(),
                renamed.outputs(),
                Map.of(),
                renamed.nodes().stream().map(this::opened).toList(),
                List.of());
    }

    /** Renames a tensor, because both branches may write one with the same name. */
    private void rename(Node node, String own, Map<String, String> names) {
        String name = own;
        for (int i = 0; !own.isEmpty() && !taken.add(name); i++) {
            name = node.outputs().get(0) + "/" + own + "'".repeat(i);
        }
        names.put(own, name);
    }

    private static Graph renamed(Graph branch, UnaryOperator<String> name) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : branch.nodes()) {
            nodes.add(node.withInputs(node.inputs().stream().map(name).toList())
                    .withOutputs(node.outputs().stream().map(name).toList())
                    .withBodies(body -> renamed(body, name)));
        }
        List<ValueInfo> outputs = branch.outputs().stream()
                .map(output -> output.named(name.apply(output.name())))
                .toList();
        return new Graph(branch.name(), branch.inputs(), outputs, branch.initializers(), nodes, branch.values());
    }
}
