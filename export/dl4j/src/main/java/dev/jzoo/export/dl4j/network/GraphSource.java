package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph of vertices. Some of them are layers, each with an optional preprocessor before it. */
public final class GraphSource implements Dl4jSource {

    private final ComputationGraph network;
    private final ComputationGraphConfiguration configuration;
    private ComputationGraphConfiguration completed;

    public GraphSource(ComputationGraph network) {
        this.network = network;
        this.configuration = network.getConfiguration();
    }

    @Override
    public List<String> inputs() {
        return configuration.getNetworkInputs();
    }

    @Override
    public List<NetworkPart> parts() {
        List<NetworkPart> parts = new ArrayList<>();
        for (int number : network.topologicalSortOrder()) {
            GraphVertex vertex = network.getVertices()[number];
            if (vertex.isInputVertex()) {
                continue;
            }
            String name = vertex.getVertexName();
            List<String> read = configuration.getVertexInputs().get(name);
            var configured = configuration.getVertices().get(name);
            Object part = configured;
            if (configured instanceof LayerVertex layer) {
                PreProcessorChain preprocessors = preprocessors(name);
                parts.addAll(preprocessors.parts());
                read = List.of(preprocessors.result());
                part = layer.getLayerConf().getLayer();
            }
            Map<String, INDArray> parameters = vertex.paramTable(false);
            parts.add(new NetworkPart(name, part, parameters == null ? Map.of() : parameters, read, name));
        }
        return parts;
    }

    @Override
    public List<String> outputs() {
        return configuration.getNetworkOutputs();
    }

    @Override
    public List<String> outputNames() {
        return outputs();
    }

    @Override
    public DataType type() {
        return configuration.getDataType();
    }

    /** Infers the types on a copy, because DL4J completes the configuration as it infers them. */
    @Override
    public Map<String, InputType> types(InputType input) {
        if (completed == null) {
            completed = configuration.clone();
        }
        return completed.getLayerActivationTypes(true, false, input);
    }

    @Override
    public CacheMode cacheMode() {
        return configuration.getCacheMode();
    }

    @Override
    public List<INDArray> output(List<INDArray> given, Map<String, INDArray> masks) {
        if (givesInnerValues()) {
            Map<String, INDArray> results = new HashMap<>();
            PartwiseForwardPass.run(this, given, masks, (value, result) -> {
                if (outputs().contains(value)) {
                    results.put(value, result.dup());
                }
            });
            return outputs().stream().map(results::get).toList();
        }
        INDArray[] inputs = given.toArray(new INDArray[0]);
        if (masks.isEmpty()) {
            return List.of(network.output(false, inputs));
        }
        try {
            return List.of(network.output(false, inputs, ordered(masks)));
        } finally {
            // DL4J forgets them only if nothing fails.
            end();
        }
    }

    /**
     * Returns whether an output is also read inside the network. DL4J's own output() then fails, because it reuses the
     * workspace of such a value.
     */
    private boolean givesInnerValues() {
        return configuration.getVertexInputs().values().stream()
                .flatMap(List::stream)
                .anyMatch(outputs()::contains);
    }

    private INDArray[] ordered(Map<String, INDArray> masks) {
        return inputs().stream().map(masks::get).toArray(INDArray[]::new);
    }

    @Override
    public List<INDArray> outputFromStates(List<INDArray> given) {
        Map<String, INDArray> activations =
                network.rnnActivateUsingStoredState(given.toArray(new INDArray[0]), false, true);
        return outputs().stream().map(activations::get).toList();
    }

    @Override
    public RecurrentLayer recurrent(String value) {
        return (RecurrentLayer) network.getLayer(value);
    }

    @Override
    public void begin(List<INDArray> given, Map<String, INDArray> masks) {
        network.setInputs(given.toArray(new INDArray[0]));
        network.setLayerMaskArrays(masks.isEmpty() ? null : ordered(masks), null);
    }

    @Override
    public INDArray compute(String value, List<INDArray> read, LayerWorkspaceMgr memory) {
        GraphVertex vertex = network.getVertex(value);
        if (vertex.hasLayer()) {
            return vertex.getLayer().activate(read.get(0), false, memory);
        }
        for (int i = 0; i < read.size(); i++) {
            vertex.setInput(i, read.get(i), memory);
        }
        return vertex.doForward(false, memory);
    }

    @Override
    public void end() {
        network.clearLayerMaskArrays();
        network.clear();
    }

    /** Returns the preprocessors for the input of a vertex; none for a vertex that is not a layer. */
    private PreProcessorChain preprocessors(String name) {
        String read = configuration.getVertexInputs().get(name).get(0);
        return PreProcessorChain.of(
                name,
                read,
                configuration.getVertices().get(name) instanceof LayerVertex layer ? layer.getPreProcessor() : null);
    }
}
