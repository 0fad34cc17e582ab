package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

/**
 * A pass that computes duplicates once: nodes with the same operator, inputs and attributes, and equal constants. Equal
 * weights with their own names stay separate, since each initializer is a parameter if you train the file further.
 * Operators with random results stay separate too.
 */
final class DuplicateRemoval implements GraphPass {

    private static final Set<String> RANDOM = Set.of(
            "Bernoulli",
            "Dropout",
            "Multinomial",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike");

    private record Computation(
            String domain, String opType, List<String> inputs, SortedMap<String, Attribute> attributes, int outputs) {}

    private record ConstantSignature(Object type, List<Long> dims) {}

    @Override
    public Graph apply(Graph graph) {
        Map<String, String> firstOf = equalConstants(graph);
        Map<Computation, Node> seen = new HashMap<>();
        return GraphWalk.run(graph, (node, walk) -> {
            List<String> inputs = node.inputs().stream()
                    .map(input -> firstOf.getOrDefault(input, input))
                    .toList();
            Node current = node.withInputs(inputs);
            if (!inputs.equals(node.inputs())) {
                walk.replace(current);
            } else if (isComparable(node)) {
                Node first = seen.putIfAbsent(
                        new Computation(
                                node.domain(),
                                node.opType(),
                                inputs,
                                node.attributes(),
                                node.outputs().size()),
                        node);
                if (first != null && node.outputs().size() == 1) {
                    walk.alias(node.outputs().get(0), first.outputs().get(0));
                }
            }
        });
    }

    private static boolean isComparable(Node node) {
        return node.outputs().size() == 1
                && !RANDOM.contains(node.opType())
                && node.attributes().values().stream()
                        .noneMatch(
                                value -> value instanceof Attribute.Subgraph || value instanceof Attribute.TensorValue);
    }

    /** Returns, for each constant that equals an earlier one, the name of the earlier one. */
    private static Map<String, String> equalConstants(Graph graph) {
        Map<String, String> firstOf = new HashMap<>();
        Map<ConstantSignature, List<String>> known = new HashMap<>();
        graph.initializers().forEach((name, value) -> {
            if (isParameter(name, value)) {
                return;
            }
            ConstantSignature kind = new ConstantSignature(
                    value.type(), Arrays.stream(value.dims()).boxed().toList());
            List<String> candidates = known.computeIfAbsent(kind, key -> new ArrayList<>());
            candidates.stream()
                    .filter(candidate -> Objects.requireNonNull(
                                    graph.initializers().get(candidate))
                            .equals(value))
                    .findFirst()
                    .ifPresentOrElse(first -> firstOf.put(name, first), () -> candidates.add(name));
        });
        return firstOf;
    }

    private static boolean isParameter(String name, TensorData value) {
        return value.type().isFloating() && !name.startsWith("/");
    }
}
