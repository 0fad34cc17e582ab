package dev.jzoo.export;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tensors between the nodes of a file, from a run without optimisations. */
public final class IntermediateValues {

    private static final String COPY = "/exposed";

    private IntermediateValues() {}

    /**
     * Computes the file's outputs and further tensors.
     *
     * @param given inputs of the file, by name
     * @param wanted types of the further tensors, by name; each is written by a node of the graph, or is an input of
     * the graph
     * @return all of them by name, as ONNX Runtime computes them on the CPU
     * @throws dev.jzoo.zoo.error.DataFormatException if a tensor has another type
     */
    public static Map<String, Tensor> run(OnnxFile file, Map<String, Tensor> given, Map<String, DataType> wanted)
            throws IOException {
        Graph graph = file.graph();
        List<Node> nodes = new ArrayList<>(graph.nodes());
        List<ValueInfo> outputs = new ArrayList<>(graph.outputs());
        // Each tensor is copied: an output must have a shape, and a wrong one would mislead ONNX Runtime about later
        // nodes.
        wanted.forEach((name, type) -> {
            nodes.add(new Node("Identity", "", name + COPY, List.of(name), List.of(name + COPY), new TreeMap<>()));
            outputs.add(new ValueInfo(name + COPY, type, List.of(new Dimension.UnknownDimension())));
        });
        Graph exposed = new Graph(graph.name(), graph.inputs(), outputs, graph.initializers(), nodes, graph.values());
        try (MappedModelFile probe = new MappedModelFile(file.withGraph(exposed));
                OnnxModel model = probe.open(Optimisation.NONE)) {
            Map<String, Tensor> results = new LinkedHashMap<>(model.run(given));
            wanted.keySet().forEach(name -> results.put(name, results.remove(name + COPY)));
            return results;
        }
    }
}
