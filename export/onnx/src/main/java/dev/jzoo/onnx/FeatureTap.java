package dev.jzoo.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The place in a network where its features are taken.
 *
 * @param tensor its name
 * @param reason how it was found: "the input of its last layer, Gemm 'fc'"
 * @param maps name of the maps [N, C, h, w] whose means the tensor is; empty where it is something else
 */
public record FeatureTap(String tensor, String reason, Optional<String> maps) {

    /** What may stand between a mean over maps and a row of numbers. */
    private static final Set<String> RESHAPING = Set.of("Flatten", "Reshape", "Squeeze", "Identity", "Dropout");

    /** The name that files give what they mean to be used as features. */
    private static final String OUTPUT = "features";

    private static final Set<String> LAYERS = Set.of("Gemm", "MatMul", "Conv");

    /** What stands behind the last layer of a classifier. */
    private static final Set<String> BEHIND = Set.of(
            "Softmax",
            "LogSoftmax",
            "Sigmoid",
            "Identity",
            "Cast",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Dropout",
            "Transpose",
            "Add",
            "Sub",
            "Mul",
            "Div");

    /** What stands behind it too where the last layer is a convolution: one score for each place, then their mean. */
    private static final Set<String> POOLING =
            Set.of("GlobalAveragePool", "AveragePool", "ReduceMean", "GlobalMaxPool", "Relu");

    /**
     * Finds the tensor: an output named "features"; else the input of the last Gemm, MatMul or Conv, with nothing behind it but
     * softmax and its like; else the output of a network that ends without such a layer.
     */
    public static FeatureTap of(Graph graph) {
        Optional<ValueInfo> named = graph.outputs().stream()
                .filter(output -> output.name().equals(OUTPUT))
                .findFirst();
        if (named.isPresent()) {
            return new FeatureTap(OUTPUT, "its output '" + OUTPUT + "'", maps(graph, OUTPUT));
        }
        String output = output(graph).name();
        return lastLayer(graph, output)
                .orElseGet(() -> new FeatureTap(
                        output,
                        "its output '" + output + "', since no layer of a classifier stands before it",
                        maps(graph, output)));
    }

    /** Takes the tensor that a user or a manifest names. */
    public static FeatureTap named(Graph graph, String tensor) {
        FeatureTap found = of(graph);
        if (found.tensor.equals(tensor)) {
            return found;
        }
        return new FeatureTap(tensor, "as --features says", maps(graph, tensor));
    }

    private static Optional<String> maps(Graph graph, String tensor) {
        Map<String, Node> writers = new HashMap<>();
        graph.nodes().forEach(node -> node.outputs().forEach(written -> writers.put(written, node)));
        Node node = writers.get(tensor);
        while (node != null && RESHAPING.contains(node.opType())) {
            node = writers.get(node.inputs().get(0));
        }
        return node != null && node.opType().equals("GlobalAveragePool")
                ? Optional.of(node.inputs().get(0))
                : Optional.empty();
    }

    /** The output that a classifier is used for. */
    private static ValueInfo output(Graph graph) {
        List<String> usual = List.of("probabilities", "logits");
        return graph.outputs().stream()
                .filter(output -> usual.contains(output.name()))
                .findFirst()
                .orElseGet(() -> graph.outputs().get(0));
    }

    private static Optional<FeatureTap> lastLayer(Graph graph, String output) {
        Map<String, Node> writers = new HashMap<>();
        Set<String> computed = computed(graph, writers);
        String tensor = output;
        boolean pooled = false;
        boolean scores = false;
        while (true) {
            Node node = writers.get(tensor);
            List<String> data = node == null
                    ? List.of()
                    : node.inputs().stream().filter(computed::contains).toList();
            if (data.size() != 1 || !node.domain().isEmpty()) {
                return Optional.empty();
            }
            if (LAYERS.contains(node.opType())) {
                // A convolution before a mean is a classifier's (SqueezeNet) only where scores follow; else it is a
                // feature
                // extractor's own.
                return pooled && !scores
                        ? Optional.empty()
                        : Optional.of(new FeatureTap(
                                data.get(0),
                                "the input of its last layer, " + node.describe(),
                                maps(graph, data.get(0))));
            }
            pooled |= POOLING.contains(node.opType());
            scores |= node.opType().endsWith("Softmax");
            if (!POOLING.contains(node.opType()) && !BEHIND.contains(node.opType())) {
                return Optional.empty();
            }
            tensor = data.get(0);
        }
    }

    /** The tensors that depend on what a caller gives; fills in which node writes each. */
    private static Set<String> computed(Graph graph, Map<String, Node> writers) {
        Set<String> computed = new HashSet<>();
        graph.inputs().stream()
                .map(ValueInfo::name)
                .filter(name -> !graph.initializers().containsKey(name))
                .forEach(computed::add);
        for (Node node : graph.nodes()) {
            node.outputs().forEach(written -> writers.put(written, node));
            if (node.inputs().stream().anyMatch(computed::contains)) {
                computed.addAll(node.outputs());
            }
        }
        return computed;
    }
}
