package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.passes.GraphPass;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings a file that anybody wrote to the rules that training relies on, or refuses it. */
final class ForeignFile {

    private static final long OLDEST_OPSET = 7;
    private static final long NEWEST_OPSET = 25;

    private ForeignFile() {}

    /** The file with its nodes in order and its training mode off; the very same where both are so already. */
    static OnnxFile readied(OnnxFile file) {
        if (file.opset() < OLDEST_OPSET || file.opset() > NEWEST_OPSET) {
            throw new UnsupportedGraphException(List.of("The file has opset " + file.opset() + "; opsets "
                    + OLDEST_OPSET + " to " + NEWEST_OPSET + " are known here"));
        }
        Graph sorted = GraphPass.topologicalOrder().apply(file.graph());
        // A node that breaks the rules may lie behind the outputs that are asked for; TrainableGraph refuses the
        // others.
        boolean stays = !GraphChecker.unusable(sorted, file.opset()).isEmpty()
                || givesStatistics(sorted)
                || dropsAsTold(sorted);
        Graph graph = stays ? sorted : GraphPass.inferenceForm().apply(sorted);
        return graph == file.graph() ? file : file.withGraph(graph);
    }

    /** Whether it is what a graph is for to compute the statistics of a batch: they are outputs of the graph. */
    static boolean givesStatistics(Graph graph) {
        Set<String> outputs = new HashSet<>();
        graph.outputs().forEach(output -> outputs.add(output.name()));
        return graph.nodes().stream()
                .filter(ForeignFile::normalizesByBatch)
                .flatMap(node -> node.outputs().stream().skip(1))
                .anyMatch(outputs::contains);
    }

    /** Whether the caller of a graph says whether it drops values. */
    private static boolean dropsAsTold(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.domain().isEmpty() && node.opType().equals("Dropout"))
                .flatMap(node -> node.inputs().stream().skip(2))
                .anyMatch(mode ->
                        graph.inputs().stream().anyMatch(input -> input.name().equals(mode)));
    }

    private static boolean normalizesByBatch(Node node) {
        return node.domain().isEmpty()
                && node.opType().equals("BatchNormalization")
                && new Attribute.Int(1).equals(node.attributes().get("training_mode"));
    }
}
