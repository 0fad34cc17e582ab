package dev.jzoo.onnx;

import dev.jzoo.zoo.annotation.Internal;
import java.util.List;
import java.util.Optional;

/**
 * The place in a network where its features are taken.
 *
 * @param tensor name of the tensor
 * @param reason how it was found: "the input of its last layer, Gemm 'fc'"
 * @param maps name of the maps [N, C, h, w] whose means the tensor contains; empty if it is something else
 * @param layer the layer that reads it, if it was found by its layer
 * @param scale scale and zero point, if it is quantised
 */
@Internal
public record FeatureTap(
        String tensor, String reason, Optional<String> maps, Optional<Node> layer, Optional<QuantizedScale> scale) {

    /**
     * The names of the tensors that a DequantizeLinear needs in addition to the quantised one.
     *
     * @param scale size of a step
     * @param zeroPoint the integer that represents 0
     */
    public record QuantizedScale(String scale, String zeroPoint) {}

    /** The name of the output in files made for feature extraction. */
    private static final String OUTPUT = "features";

    /**
     * Finds the features tensor. It is an output named "features". Without one, it is the input of the last Gemm, MatMul or
     * Conv (quantised ones too) that is followed only by softmax and similar operators. Without such a layer, it is the
     * network's output.
     */
    public static FeatureTap of(Graph graph) {
        FeatureSearch search = new FeatureSearch(graph);
        Optional<ValueInfo> named = graph.outputs().stream()
                .filter(output -> output.name().equals(OUTPUT))
                .findFirst();
        if (named.isPresent()) {
            return plain(OUTPUT, "its output '" + OUTPUT + "'", search);
        }
        String output = search.output().name();
        return search.lastLayer()
                .filter(end -> !end.isDoubtful())
                .map(FeatureSearch.LastLayer::tap)
                .orElseGet(() -> plain(
                        output,
                        "its output '" + output + "', since it does not come from a layer of a classifier",
                        search));
    }

    /**
     * Finds the tensor that may hold the features instead of {@link #of}: the input of a convolution whose rectified means
     * are the output of the network. The convolution may belong to a classifier and return scores, or be the last layer of
     * a feature extractor; the graph does not show which.
     */
    public static Optional<FeatureTap> alternative(Graph graph) {
        return graph.outputs().stream().anyMatch(output -> output.name().equals(OUTPUT))
                ? Optional.empty()
                : new FeatureSearch(graph)
                        .lastLayer()
                        .filter(FeatureSearch.LastLayer::isConvolution)
                        .filter(FeatureSearch.LastLayer::isDoubtful)
                        .map(FeatureSearch.LastLayer::tap);
    }

    /** Returns the main output of a network: scores rather than a label. */
    public static String output(Graph graph) {
        return new FeatureSearch(graph).output().name();
    }

    /** Returns the tensor that a user or a manifest names. */
    public static FeatureTap named(Graph graph, String tensor) {
        FeatureTap found = of(graph);
        return found.tensor.equals(tensor) ? found : plain(tensor, "named by --features", new FeatureSearch(graph));
    }

    /** Returns a tap for the means of maps [N, C, h, w]. */
    public static FeatureTap ofMaps(String maps, String reason) {
        return new FeatureTap(maps, reason, Optional.of(maps), Optional.empty(), Optional.empty());
    }

    /**
     * Lists the tensors that a user may choose from: the inputs of the last layers with weights, nearest to the output
     * first.
     *
     * @param most largest number of tensors
     */
    public static List<FeatureTap> candidates(Graph graph, int most) {
        return new FeatureSearch(graph).candidates(most);
    }

    private static FeatureTap plain(String tensor, String reason, FeatureSearch search) {
        return new FeatureTap(tensor, reason, search.maps(tensor), Optional.empty(), Optional.empty());
    }
}
