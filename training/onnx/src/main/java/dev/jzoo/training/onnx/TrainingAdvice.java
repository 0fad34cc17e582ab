package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What exporters for inference leave out of a graph, and what that means for its training. */
final class TrainingAdvice {

    /** Convolutions from which on a network was most likely trained with normalisation. */
    private static final int DEEP = 8;

    private TrainingAdvice() {}

    /**
     * @param graph of the file
     * @param trainable what is trained of it
     */
    static List<String> on(Graph graph, Graph trainable, List<TrainableWeight> weights, boolean drops) {
        List<String> advice = new ArrayList<>(onWeights(trainable, weights));
        if (ForeignFile.givesStatistics(trainable)) {
            advice.add(
                    "The file gives the statistics of the batch out, so that it normalises each batch by its own, when it is"
                            + " written too. outputs(NAME) leaves them out.");
        }
        long convolutions = count(graph, "Conv");
        long normalizations = count(graph, "BatchNormalization")
                + count(graph, "LayerNormalization")
                + count(graph, "InstanceNormalization")
                + count(graph, "GroupNormalization");
        if (convolutions >= DEEP && normalizations == 0) {
            advice.add(
                    "The file has " + convolutions
                            + " convolutions and no normalisation, which was most likely folded into"
                            + " their weights for inference. Train with a tenth of the usual learning rate, or its head alone.");
        }
        if (!drops && count(graph, "Dropout") == 0) {
            advice.add("The file drops nothing in training; exporters for inference leave Dropout out."
                    + " dropout(0.2) puts it in front of the last layer.");
        }
        return advice;
    }

    /** On weights that do not learn, or that learn from several layers, alone. */
    static List<String> onWeights(Graph graph, List<TrainableWeight> weights) {
        List<String> advice = new ArrayList<>();
        List<String> cut = weights.stream()
                .filter(weight -> !weight.reached() && !weight.isStatistic())
                .map(weight -> "'" + weight.name() + "'")
                .toList();
        if (!cut.isEmpty()) {
            advice.add("No gradient comes to "
                    + (cut.size() == 1
                            ? "one weight, which stays as it is: "
                            : cut.size() + " weights, which stay as they are: ")
                    + some(cut)
                    + ". Every way from there to an output leads through " + cuts(graph) + ".");
        }
        if (weights.stream().noneMatch(TrainableWeight::learns)) {
            advice.add("The network has no weights that learn.");
        }
        List<String> tied = weights.stream()
                .filter(TrainableWeight::learns)
                .filter(weight -> readers(graph, weight.name()) > 1)
                .map(weight -> "'" + weight.name() + "'")
                .toList();
        if (!tied.isEmpty()) {
            advice.add("Several layers share " + some(tied) + ": it learns from all of them.");
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
