package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.passes.GraphPass;
import java.util.HashSet;
import java.util.Set;

/** A file of any origin, which is adapted to the rules of training or rejected. */
final class ForeignFile {

    private static final long OLDEST_OPSET = 7;
    private static final long NEWEST_OPSET = 25;

    private ForeignFile() {}

    /** Returns the file with its nodes sorted and in inference mode; the same object if nothing has to change. */
    static OnnxFile readied(OnnxFile file) {
        if (file.opset() < OLDEST_OPSET || file.opset() > NEWEST_OPSET) {
            throw new UnsupportedGraphException(
                    "the file has opset " + file.opset() + "; expected: opset " + OLDEST_OPSET + " to " + NEWEST_OPSET
                            + ".",
                    "Convert it with onnx.version_converter, or export it with one of these opsets.");
        }
        Graph sorted = GraphPass.topologicalOrder().apply(file.graph());
        // A node that breaks the rules may come after the chosen outputs. TrainableGraph rejects the others.
        boolean stays = !GraphChecker.unusable(sorted, file.opset()).isEmpty()
                || givesStatistics(sorted)
                || dropsByInput(sorted);
        Graph graph = stays ? sorted : GraphPass.inferenceForm().apply(sorted);
        return graph == file.graph() ? file : file.withGraph(graph);
    }

    /**
     * Returns whether the purpose of a graph is to compute the statistics of a batch: they are outputs of the graph.
     */
    static boolean givesStatistics(Graph graph) {
        Set<String> outputs = new HashSet<>();
        graph.outputs().forEach(output -> outputs.add(output.name()));
        return graph.nodes().stream()
                .filter(ForeignFile::normalizesByBatch)
                .flatMap(node -> node.outputs().stream().skip(1))
                .anyMatch(outputs::contains);
    }

    /** Returns whether an input of the graph switches dropout on. */
    private static boolean dropsByInput(Graph graph) {
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
