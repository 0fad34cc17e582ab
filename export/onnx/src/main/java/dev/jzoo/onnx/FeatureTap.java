package dev.jzoo.onnx;

import dev.jzoo.zoo.annotation.Internal;
import java.util.List;
import java.util.Optional;

/**
 * The place in a network where its features are taken.
 *
 * @param tensor its name
 * @param reason how it was found: "the input of its last layer, Gemm 'fc'"
 * @param maps name of the maps [N, C, h, w] whose means the tensor is; empty where it is something else
 * @param layer that reads it, where it was found by its layer
 * @param scale what makes real numbers of it, where it is quantised
 */
@Internal
public record FeatureTap(
        String tensor, String reason, Optional<String> maps, Optional<Node> layer, Optional<QuantizedScale> scale) {

    /**
     * The names of the tensors that a DequantizeLinear needs beside the quantised one.
     *
     * @param scale size of a step
     * @param zeroPoint the integer that stands for 0
     */
    public record QuantizedScale(String scale, String zeroPoint) {}

    /** The name that files give what they mean to be used as features. */
    private static final String OUTPUT = "features";

    /**
     * Finds the tensor: an output named "features"; else the input of the last Gemm, MatMul or Conv, quantised ones too, with
     * nothing behind it but softmax and its like; else the output of a network that ends without such a layer.
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
                        "its output '" + output + "', since no layer of a classifier stands before it",
                        search));
    }

    /**
     * Finds the tensor that features may be in place of {@link #of}: the input of a convolution whose rectified means a network
     * ends with. The convolution may be a classifier's, which gives scores, or a feature extractor's last; the graph does not tell.
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

    /** Names the output that a network is used for: scores rather than a label. */
    public static String output(Graph graph) {
        return new FeatureSearch(graph).output().name();
    }

    /** Takes the tensor that a user or a manifest names. */
    public static FeatureTap named(Graph graph, String tensor) {
        FeatureTap found = of(graph);
        return found.tensor.equals(tensor) ? found : plain(tensor, "as --features says", new FeatureSearch(graph));
    }

    /** Takes maps [N, C, h, w] for their means. */
    public static FeatureTap ofMaps(String maps, String reason) {
        return new FeatureTap(maps, reason, Optional.of(maps), Optional.empty(), Optional.empty());
    }

    /**
     * Lists the places that a user may choose from: the inputs of the last layers with weights, the nearest to the output first.
     *
     * @param most at most so many
     */
    public static List<FeatureTap> candidates(Graph graph, int most) {
        return new FeatureSearch(graph).candidates(most);
    }

    private static FeatureTap plain(String tensor, String reason, FeatureSearch search) {
        return new FeatureTap(tensor, reason, search.maps(tensor), Optional.empty(), Optional.empty());
    }
}
