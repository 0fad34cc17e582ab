package dev.jzoo.export;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.Graph;
import dev.jzoo.export.onnx.Node;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the node at which a file leaves its framework: the first, in the order of the graph, whose values differ. */
final class FirstDifference {

    private final SourceNetwork network;
    private final OnnxFile file;
    private final Border border;
    private final Tolerance tolerance;

    /**
     * @param file with the graph as it was emitted: passes may have given a tensor another layout under its name
     */
    FirstDifference(SourceNetwork network, OnnxFile file, Border border, Tolerance tolerance) {
        this.network = network;
        this.file = file;
        this.border = border;
        this.tolerance = tolerance;
    }

    /** A sentence that names the node with both values, or says that the graph as it was emitted agrees. */
    String find() throws IOException {
        for (int batch : Examples.BATCHES) {
            Map<String, Tensor> given = new Examples(file.graph().inputs(), network, border).of(batch);
            Map<String, Tensor> expected = expected(given);
            Map<String, Tensor> actual = run(given, expected);
            for (Node node : file.graph().nodes()) {
                for (String tensor : node.outputs()) {
                    Comparison comparison = new Comparison(tolerance);
                    if (expected.containsKey(tensor) && !comparison.add("", expected.get(tensor), actual.get(tensor))) {
                        return sentence(node, comparison, expected.keySet(), batch);
                    }
                }
            }
        }
        return "The graph as it was emitted agrees: a pass that rewrote it is at fault, or ONNX Runtime's optimisations.";
    }

    /** The framework's values of all tensors that it can tell, the outputs among them. */
    private Map<String, Tensor> expected(Map<String, Tensor> given) throws IOException {
        Map<String, Tensor> borderValues = run(given, Map.of());
        List<Tensor> inputs = border.inputs(given, borderValues);
        Set<String> written = file.graph().nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .collect(Collectors.toSet());
        Map<String, Tensor> expected = new LinkedHashMap<>(network.intermediates(inputs));
        expected.keySet().retainAll(written);
        List<Tensor> outputs = network.run(inputs);
        for (int i = 0; i < outputs.size(); i++) {
            expected.put(border.written().get(i).name(), outputs.get(i));
        }
        return expected;
    }

    private Map<String, Tensor> run(Map<String, Tensor> given, Map<String, Tensor> wanted) throws IOException {
        Graph exposed = border.exposed(file.graph());
        List<String> known = exposed.outputs().stream().map(ValueInfo::name).toList();
        List<ValueInfo> outputs = Stream.concat(
                        exposed.outputs().stream(),
                        wanted.entrySet().stream()
                                .filter(entry -> !known.contains(entry.getKey()))
                                .map(entry -> output(entry.getKey(), entry.getValue())))
                .toList();
        try (Probe probe = new Probe(file.withGraph(exposed.withOutputs(outputs)));
                OnnxModel model = probe.open(Optimisation.NONE)) {
            return model.run(given);
        }
    }

    private static ValueInfo output(String name, Tensor like) {
        return new ValueInfo(
                name,
                DataType.valueOf(like.type().name()),
                Collections.nCopies(like.shape().length, new Dim.Unknown()));
    }

    private static String sentence(Node node, Comparison comparison, Set<String> compared, int batch) {
        return "The first of " + compared.size() + " tensors that differs at batch " + batch + " is written by "
                + node.describe() + " " + node.attributes() + comparison.disagreement() + ".";
    }
}
