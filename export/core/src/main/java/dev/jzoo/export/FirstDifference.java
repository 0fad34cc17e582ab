package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The search for the node at which a file begins to differ from its reference. It is the first node, in the order of
 * the graph, that an output outside the tolerance depends on and whose own values differ. The search holds all tensors
 * of the network in memory, so it runs only if a file does not agree.
 *
 * @param file the file whose graph has the tensors that the reference knows
 * @param reference the expected computation
 * @param examples inputs of the file
 * @param tolerance allowed difference between the file's outputs and the reference
 */
record FirstDifference(OnnxFile file, Reference reference, ParityInputs examples, Tolerance tolerance) {

    /**
     * Returns a sentence that names the node and both values; empty if the outputs agree without ONNX Runtime's
     * optimisations.
     */
    Optional<String> find() throws IOException {
        try {
            for (int batch : examples.batches()) {
                Optional<String> found = find(batch);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (DataFormatException | RuntimeException e) {
            // Whatever fails here, the disagreement itself must still be reported.
            String reason = String.valueOf(e.getMessage());
            return Optional.of(
                    "The first node that differs could not be found: " + reason + (reason.endsWith(".") ? "" : "."));
        }
    }

    private Optional<String> find(int batch) throws IOException {
        Map<String, Tensor> given = examples.of(batch);
        Map<String, Tensor> seen = run(given, Map.of());
        Map<String, Tensor> outputs = reference.outputs(given, seen);
        Set<String> wrong = outputs.entrySet().stream()
                .filter(output -> !compare(output.getValue(), seen.get(output.getKey()), tolerance)
                        .agrees())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Tensor> expected = new LinkedHashMap<>(reference.intermediates(given, seen));
        expected.putAll(outputs);
        List<Node> nodes = ancestors(wrong);
        expected.keySet()
                .retainAll(
                        nodes.stream().flatMap(node -> node.outputs().stream()).collect(Collectors.toSet()));
        Map<String, Tensor> actual = run(given, expected);
        for (Node node : nodes) {
            for (String tensor : node.outputs()) {
                if (!expected.containsKey(tensor)) {
                    continue;
                }
                // Between the layers a value near 0 may be the difference of large sums and carry their rounding.
                Tolerance allowed = outputs.containsKey(tensor)
                        ? tolerance
                        : tolerance.relativeTo(Tolerance.ErrorScale.LARGEST_OF_OUTPUT);
                Difference difference = compare(expected.get(tensor), actual.get(tensor), allowed);
                // Minus infinity from a mask is correct between the layers.
                if (difference.differs()) {
                    return Optional.of(sentence(node, difference, expected.size(), batch));
                }
            }
        }
        return Optional.empty();
    }

    private Difference compare(Tensor expected, Tensor actual, Tolerance allowed) {
        return Difference.of(expected, actual, allowed.within(file.graph(), type(expected)), reference.sides());
    }

    /** Returns the nodes that some tensors depend on, in the order of the graph. */
    private List<Node> ancestors(Set<String> tensors) {
        Set<String> needed = new HashSet<>(tensors);
        LinkedList<Node> nodes = new LinkedList<>();
        for (int i = file.graph().nodes().size() - 1; i >= 0; i--) {
            Node node = file.graph().nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                nodes.addFirst(node);
                read(node, needed);
            }
        }
        return nodes;
    }

    /** Adds the tensors that a node reads, including those read by its subgraphs. */
    private static void read(Node node, Set<String> names) {
        names.addAll(node.inputs());
        for (Attribute attribute : node.attributes().values()) {
            if (attribute instanceof Attribute.Subgraph inner) {
                inner.value().nodes().forEach(step -> read(step, names));
            }
        }
    }

    private Map<String, Tensor> run(Map<String, Tensor> given, Map<String, Tensor> wanted) throws IOException {
        Graph exposed = reference.exposed(file.graph());
        Map<String, DataType> types = new LinkedHashMap<>();
        wanted.forEach((name, like) -> types.put(name, type(like)));
        exposed.outputs().forEach(output -> types.remove(output.name()));
        return IntermediateValues.run(file.withGraph(exposed), given, types);
    }

    private static DataType type(Tensor tensor) {
        return DataType.valueOf(tensor.type().name());
    }

    private static String sentence(Node node, Difference difference, int compared, int batch) {
        return "The first of " + compared + " tensors that differs at batch " + batch + " is written by "
                + node.describe() + settings(node) + ", " + difference.worst() + ".";
    }

    /** Returns the node's attributes, as in " (axis 1, perm [0, 2, 1])"; empty for a node without attributes. */
    private static String settings(Node node) {
        String settings = node.attributes().entrySet().stream()
                .flatMap(setting -> plain(setting.getValue()).map(value -> setting.getKey() + " " + value))
                .collect(Collectors.joining(", "));
        return settings.isEmpty() ? "" : " (" + settings + ")";
    }

    private static Stream<Object> plain(Attribute attribute) {
        if (attribute instanceof Attribute.Int integer) {
            return Stream.of(integer.value());
        } else if (attribute instanceof Attribute.Real real) {
            return Stream.of(real.value());
        } else if (attribute instanceof Attribute.Text text) {
            return Stream.of(text.value());
        }
        return attribute instanceof Attribute.Ints ? Stream.of(attribute) : Stream.empty();
    }
}
