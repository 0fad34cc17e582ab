package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import java.util.ArrayList;
import java.util.List;

/** What exporters for inference leave out of a graph, and what that means for its training. */
final class TrainingAdvice {

    /** Convolutions from which on a network was most likely trained with normalisation. */
    private static final int DEEP = 8;

    private TrainingAdvice() {}

    static List<String> on(Graph graph, boolean drops) {
        List<String> advice = new ArrayList<>();
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

    private static long count(Graph graph, String opType) {
        return graph.nodes().stream()
                .filter(node -> node.domain().isEmpty())
                .map(Node::opType)
                .filter(opType::equals)
                .count();
    }
}
