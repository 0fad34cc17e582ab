package dev.jzoo.export.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph of vertices, some of them layers, each of those with an optional preprocessor before it. */
final class GraphSource implements Dl4jSource {

    private final ComputationGraph network;
    private final ComputationGraphConfiguration configuration;

    GraphSource(ComputationGraph network) {
        this.network = network;
        this.configuration = network.getConfiguration();
    }

    @Override
    public List<String> inputs() {
        return configuration.getNetworkInputs();
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int number : network.topologicalSortOrder()) {
            GraphVertex vertex = network.getVertices()[number];
            if (vertex.isInputVertex()) {
                continue;
            }
            String name = vertex.getVertexName();
            List<String> read = configuration.getVertexInputs().get(name);
            if (configuration.getVertices().get(name) instanceof LayerVertex layer) {
                PreProcessors preprocessors = PreProcessors.of(name, read.get(0), layer.getPreProcessor());
                parts.addAll(preprocessors.parts());
                read = List.of(preprocessors.result());
            }
            var configured = configuration.getVertices().get(name);
            Object part = configured instanceof LayerVertex layer
                    ? layer.getLayerConf().getLayer()
                    : configured;
            Map<String, INDArray> parameters = vertex.paramTable(false);
            parts.add(new Part(name, part, parameters == null ? Map.of() : parameters, read, name));
        }
        return parts;
    }

    @Override
    public List<String> outputs() {
        return configuration.getNetworkOutputs();
    }

    @Override
    public DataType type() {
        return configuration.getDataType();
    }

    @Override
    public Map<String, long[]> shapes(List<INDArray> given) {
        Map<String, INDArray> activations = network.feedForward(given.toArray(new INDArray[0]), false);
        Map<String, long[]> shapes = new HashMap<>();
        activations.forEach((name, activation) -> shapes.put(name, activation.shape()));
        for (int i = 0; i < given.size(); i++) {
            shapes.put(inputs().get(i), given.get(i).shape());
        }
        configuration.getVertices().forEach((name, vertex) -> {
            if (vertex instanceof LayerVertex layer) {
                String read = configuration.getVertexInputs().get(name).get(0);
                int input = inputs().indexOf(read);
                PreProcessors.of(name, read, layer.getPreProcessor())
                        .run(
                                input >= 0 ? given.get(input) : activations.get(read),
                                (int) given.get(0).size(0),
                                shapes);
            }
        });
        return shapes;
    }

    @Override
    public List<INDArray> output(List<INDArray> given) {
        return List.of(network.output(false, given.toArray(new INDArray[0])));
    }
}
