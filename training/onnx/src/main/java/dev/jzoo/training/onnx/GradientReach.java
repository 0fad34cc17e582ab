package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.training.onnx.operators.Operators;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tensors that receive a gradient from an output, through operators with a gradient. */
final class GradientReach {

    private final Set<String> reached = new HashSet<>();

    private GradientReach() {}

    /** Returns the names of these tensors in a graph in canonical form. */
    static Set<String> of(Graph graph) {
        GradientReach reach = new GradientReach();
        graph.outputs().stream()
                .filter(output -> output.type().isFloating())
                .forEach(output -> reach.reached.add(output.name()));
        reach.walk(graph.nodes());
        return reach.reached;
    }

    private void walk(List<Node> nodes) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (passes(node) && node.outputs().stream().anyMatch(reached::contains)) {
                reached.addAll(node.inputs());
                node.bodies().forEach(body -> {
                    body.outputs().forEach(output -> reached.add(output.name()));
                    walk(body.nodes());
                });
            }
        }
        reached.remove("");
    }

    /** Returns whether a node passes a gradient to its inputs. */
    static boolean passes(Node node) {
        boolean toIntegers = node.opType().equals("Cast")
                && node.attributes().get("to") instanceof Attribute.Int to
                && Arrays.stream(DataType.values()).noneMatch(type -> type.isFloating() && type.code() == to.value());
        return !toIntegers && Operators.hasGradient(node);
    }
}
