package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Advice on what exporters for inference leave out of a graph, and its consequences for training. */
final class TrainingAdvice {

    /** Number of convolutions from which on a network was most likely trained with normalisation. */
    private static final int DEEP = 8;

    private TrainingAdvice() {}

    /**
     * Returns the advice on a graph.
     *
     * @param graph the graph of the file
     * @param trainable the part that is trained
     */
    static List<String> on(Graph graph, Graph trainable, List<TrainableWeight> weights, boolean drops) {
        List<String> advice = new ArrayList<>(onWeights(trainable, weights));
        if (ForeignFile.givesStatistics(trainable)) {
            advice.add(
                    "The file has batch statistics as outputs, so it normalises each batch by its own statistics, also after"
                            + " it is written. Use outputs(NAME) to leave them out.");
        }
        long convolutions = count(graph, "Conv");
        long normalizations = count(graph, "BatchNormalization")
                + count(graph, "LayerNormalization")
                + count(graph, "InstanceNormalization")
                + count(graph, "GroupNormalization");
        if (convolutions >= DEEP && normalizations == 0) {
            advice.add(
                    "The file has " + convolutions
                            + " convolutions and no normalisation, which was most likely merged into"
                            + " their weights for inference. Train with a tenth of the usual learning rate, or train the head only.");
        }
        if (!drops && count(graph, "Dropout") == 0) {
            advice.add("The file has no Dropout, because exporters for inference remove it."
                    + " dropout(0.2) adds it before the last layer.");
        }
        return advice;
    }

    /** Returns only the advice on weights that are not trained, or that several layers share. */
    static List<String> onWeights(Graph graph, List<TrainableWeight> weights) {
        List<String> advice = new ArrayList<>();
        List<String> cut = weights.stream()
                .filter(weight -> !weight.reached() && !weight.isStatistic())
                .map(weight -> "'" + weight.name() + "'")
                .toList();
        if (!cut.isEmpty()) {
            advice.add("No gradient reaches "
                    + (cut.size() == 1
                            ? "one weight, which stays unchanged: "
                            : cut.size() + " weights, which stay unchanged: ")
                    + some(cut)
                    + ". Every path from there to an output leads through " + cuts(graph) + ".");
        }
        if (weights.stream().noneMatch(TrainableWeight::learns)) {
            advice.add("The network has no trainable weights.");
        }
        List<String> tied = weights.stream()
                .filter(TrainableWeight::learns)
                .filter(weight -> readers(graph, weight.name()) > 1)
                .map(weight -> "'" + weight.name() + "'")
                .toList();
        if (!tied.isEmpty()) {
            advice.add("Several layers share " + some(tied) + ", so all of them contribute to its training.");
        }
        return advice;
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(5, names.size()))) + (names.size() > 5 ? ", ..." : "");
    }

    private static String cuts(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> !GradientReach.passes(node))
                .map(Node::opType)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", ", "operators without a gradient (", ")"));
    }

    private static long readers(Graph graph, String name) {
        return graph.nodes().stream()
                .filter(node -> node.inputs().contains(name))
                .count();
    }

    private static long count(Graph graph, String opType) {
        return graph.nodes().stream()
                .filter(node -> node.domain().isEmpty())
                .map(Node::opType)
                .filter(opType::equals)
                .count();
    }
}
