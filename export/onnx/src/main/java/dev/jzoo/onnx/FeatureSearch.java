package dev.jzoo.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A search from the output of a graph back to the layer that computed its scores. It follows values that come from the
 * graph's inputs. It does not follow sizes that a graph computes from shapes and scales that it computes for quantisation.
 */
final class FeatureSearch {

    private static final String MICROSOFT = "com.microsoft";

    /** Operators that may come between a mean over maps and a row of numbers. */
    private static final Set<String> RESHAPING = Set.of(
            "Flatten",
            "Reshape",
            "Squeeze",
            "Identity",
            "Dropout",
            "QuantizeLinear",
            "DequantizeLinear",
            "DynamicQuantizeLinear");

    private static final Set<String> QUANTIZING = Set.of("QuantizeLinear", "DynamicQuantizeLinear");

    private static final Set<String> CONVOLUTIONS = Set.of("Conv", "ConvInteger", "QLinearConv", "FusedConv");

    private static final Set<String> PRODUCTS = Set.of(
            "Gemm",
            "MatMul",
            "MatMulInteger",
            "QLinearMatMul",
            "QGemm",
            "FusedMatMul",
            "FusedGemm",
            "MatMulNBits",
            "MatMulIntegerToFloat",
            "DynamicQuantizeMatMul");

    /** Layers whose first input is quantised and followed by its scale and zero point. */
    private static final Set<String> SCALED = Set.of("QLinearConv", "QLinearMatMul", "QGemm");

    /** Operators whose output is scores, whatever their input is. */
    private static final Set<String> SCORES =
            Set.of("Softmax", "LogSoftmax", "Sigmoid", "ArgMax", "Hardmax", "TopK", "QLinearSoftmax", "QLinearSigmoid");

    /** Other operators that may follow the last layer of a classifier. */
    private static final Set<String> FOLLOWING = Set.of(
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
            "Div",
            "Resize",
            "Upsample",
            "QuantizeLinear",
            "DequantizeLinear",
            "QLinearAdd");

    /** Operators that may also follow if the last layer is a convolution: one score for each place, then their mean. */
    private static final Set<String> POOLING = Set.of(
            "GlobalAveragePool",
            "AveragePool",
            "ReduceMean",
            "GlobalMaxPool",
            "QLinearGlobalAveragePool",
            "QLinearAveragePool",
            "Relu",
            "Clip");

    /**
     * The last layer of a network.
     *
     * @param node the layer
     * @param tap its input
     * @param pooled whether its output is rectified or averaged
     * @param scored whether scores are computed from that
     */
    record LastLayer(Node node, FeatureTap tap, boolean pooled, boolean scored) {

        boolean isConvolution() {
            return CONVOLUTIONS.contains(node.opType());
        }

        /** Returns whether it may be the last layer of a feature extractor without a classifier. */
        boolean isDoubtful() {
            return pooled && !scored;
        }
    }

    private final Graph graph;
    private final Map<String, Node> writers = new HashMap<>();
    private final Set<String> computed = new HashSet<>();

    FeatureSearch(Graph graph) {
        this.graph = graph;
        graph.inputs().stream()
                .map(ValueInfo::name)
                .filter(name -> !graph.initializers().containsKey(name))
                .forEach(computed::add);
        for (Node node : graph.nodes()) {
            node.outputs().forEach(written -> writers.put(written, node));
            if (node.inputs().stream().anyMatch(computed::contains)) {
                computed.addAll(data(node));
            }
        }
    }

    /** Returns the outputs of a node that depend on the values of its inputs, not only on their sizes or ranges. */
    private static List<String> data(Node node) {
        return switch (node.opType()) {
            case "Shape", "Size" -> List.of();
            case "DynamicQuantizeLinear" -> node.outputs().subList(0, 1);
            default -> node.outputs();
        };
    }

    /** Returns the main output of a classifier: scores rather than a label. */
    ValueInfo output() {
        List<String> usual = List.of("probabilities", "logits");
        return graph.outputs().stream()
                .filter(output -> usual.contains(output.name()))
                .findFirst()
                .or(() -> graph.outputs().stream()
                        .filter(output -> output.type().isFloating())
                        .findFirst())
                .orElseGet(() -> graph.outputs().get(0));
    }

    /**
     * Returns the layer that computed the output; empty if operators come between that do not belong to the end of a
     * classifier.
     */
    Optional<LastLayer> lastLayer() {
        String tensor = output().name();
        boolean pooled = false;
        boolean scored = false;
        while (true) {
            Node node = writers.get(tensor);
            if (node == null) {
                return Optional.empty();
            }
            List<String> read = dataInputs(node);
            if (read.size() != 1 || !isKnown(node)) {
                return Optional.empty();
            }
            if (isLayer(node)) {
                boolean isPooled = pooled;
                boolean isScored = scored;
                return tap(node, "the input of its last layer, " + node.describe())
                        .map(tap -> new LastLayer(node, tap, isPooled, isScored));
            }
            boolean scores = SCORES.contains(node.opType());
            if (scores && pooled) {
                return Optional.empty(); // weights of positions, as in attention
            }
            scored |= scores;
            pooled |= POOLING.contains(node.opType());
            if (!scores && !POOLING.contains(node.opType()) && !FOLLOWING.contains(node.opType())) {
                return Optional.empty();
            }
            tensor = read.get(0);
        }
    }

    List<FeatureTap> candidates(int most) {
        List<FeatureTap> found = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0 && found.size() < most; i--) {
            Node node = graph.nodes().get(i);
            if (isLayer(node) && dataInputs(node).size() == 1) {
                tap(node, "the input of " + node.describe())
                        .filter(tap ->
                                found.stream().noneMatch(other -> other.tensor().equals(tap.tensor())))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Returns the maps whose means a tensor contains. */
    Optional<String> maps(String tensor) {
        Node node = writers.get(tensor);
        while (node != null && RESHAPING.contains(node.opType())) {
            node = writers.get(node.inputs().get(0));
        }
        return node != null && node.opType().equals("GlobalAveragePool")
                ? Optional.of(node.inputs().get(0))
                : Optional.empty();
    }

    /** Returns the input of a layer, as real numbers if the graph contains them. */
    private Optional<FeatureTap> tap(Node layer, String reason) {
        String read = dataInputs(layer).get(0);
        boolean scaled = SCALED.contains(layer.opType());
        if (!scaled && !layer.opType().endsWith("Integer") && !layer.opType().equals("MatMulIntegerToFloat")) {
            return Optional.of(new FeatureTap(read, reason, maps(read), Optional.of(layer), Optional.empty()));
        }
        Optional<String> real = beforeQuantization(read);
        if (real.isPresent()) {
            return real.map(name -> new FeatureTap(name, reason, maps(name), Optional.of(layer), Optional.empty()));
        }
        return scaled
                ? Optional.of(new FeatureTap(
                        read,
                        reason,
                        Optional.empty(),
                        Optional.of(layer),
                        Optional.of(new FeatureTap.QuantizedScale(
                                layer.inputs().get(1), layer.inputs().get(2)))))
                : Optional.empty();
    }

    /** Returns the real numbers that a tensor was quantised from, if only its shape has changed since. */
    private Optional<String> beforeQuantization(String tensor) {
        Node node = writers.get(tensor);
        while (node != null && RESHAPING.contains(node.opType())) {
            String read = node.inputs().get(0);
            if (QUANTIZING.contains(node.opType())) {
                return Optional.of(read);
            }
            node = writers.get(read);
        }
        return Optional.empty();
    }

    private List<String> dataInputs(Node node) {
        return node.inputs().stream().filter(computed::contains).toList();
    }

    private static boolean isKnown(Node node) {
        return node.domain().isEmpty() || node.domain().equals(MICROSOFT);
    }

    private static boolean isLayer(Node node) {
        return isKnown(node) && (CONVOLUTIONS.contains(node.opType()) || PRODUCTS.contains(node.opType()));
    }
}
