package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A chain of layers, each with an optional preprocessor before it. */
public final class MultiLayerSource implements Dl4jSource {

    private static final String INPUT = "input";

    private final MultiLayerNetwork network;

    public MultiLayerSource(MultiLayerNetwork network) {
        this.network = network;
    }

    @Override
    public List<String> inputs() {
        return List.of(INPUT);
    }

    @Override
    public List<NetworkPart> parts() {
        List<NetworkPart> parts = new ArrayList<>();
        for (int i = 0; i < network.getnLayers(); i++) {
            // A wrapper's runtime layer has the configuration of the wrapped layer. Only the network's own has the
            // wrapper.
            Layer layer = network.getLayerWiseConfigurations().getConf(i).getLayer();
            String path = path(i, layer);
            PreProcessorChain preprocessors = preprocessors(i);
            parts.addAll(preprocessors.parts());
            parts.add(new NetworkPart(
                    path, layer, network.getLayer(i).paramTable(), List.of(preprocessors.result()), value(i)));
        }
        return parts;
    }

    /**
     * Returns the user's name of a layer, or its index if DL4J made the name up or it could be another layer's index.
     */
    private String path(int index, Layer layer) {
        String name = layer.getLayerName();
        long bearers = network.getLayerWiseConfigurations().getConfs().stream()
                .filter(other -> other.getLayer().getLayerName() != null)
                .filter(other -> other.getLayer().getLayerName().equals(name))
                .count();
        return bearers != 1 || name.equals("layer" + index) || name.matches("\\d+") ? Integer.toString(index) : name;
    }

    private PreProcessorChain preprocessors(int index) {
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        Layer layer = configuration.getConf(index).getLayer();
        return PreProcessorChain.of(path(index, layer), value(index - 1), configuration.getInputPreProcess(index));
    }

    private static String value(int index) {
        return index < 0 ? INPUT : Integer.toString(index);
    }

    @Override
    public List<String> outputs() {
        return List.of(value(network.getnLayers() - 1));
    }

    @Override
    public List<String> outputNames() {
        return List.of();
    }

    @Override
    public DataType type() {
        return network.getLayerWiseConfigurations().getDataType();
    }

    @Override
    public Map<String, InputType> types(InputType input) {
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        Map<String, InputType> types = new HashMap<>(Map.of(INPUT, input));
        InputType type = input;
        for (int i = 0; i < network.getnLayers(); i++) {
            InputPreProcessor before = configuration.getInputPreProcess(i);
            type = before == null ? type : before.getOutputType(type);
            type = configuration.getConf(i).getLayer().getOutputType(i, type);
            types.put(value(i), type);
        }
        return types;
    }

    @Override
    public CacheMode cacheMode() {
        return network.getLayerWiseConfigurations().getCacheMode();
    }

    @Override
    public List<INDArray> output(List<INDArray> given, Map<String, INDArray> masks) {
        if (masks.isEmpty()) {
            return List.of(network.output(given.get(0), false));
        }
        try {
            return List.of(network.output(given.get(0), false, masks.get(INPUT), null));
        } finally {
            // DL4J forgets them only if nothing fails.
            end();
        }
    }

    @Override
    public List<INDArray> outputFromStates(List<INDArray> given) {
        List<INDArray> activations = network.rnnActivateUsingStoredState(given.get(0), false, true);
        return List.of(activations.get(activations.size() - 1));
    }

    @Override
    public RecurrentLayer recurrent(String value) {
        return (RecurrentLayer) network.getLayer(Integer.parseInt(value));
    }

    @Override
    public void begin(List<INDArray> given, Map<String, INDArray> masks) {
        network.setInput(given.get(0));
        network.setLayerMaskArrays(masks.get(INPUT), null);
    }

    @Override
    public INDArray compute(String value, List<INDArray> read, LayerWorkspaceMgr memory) {
        return network.getLayer(Integer.parseInt(value)).activate(read.get(0), false, memory);
    }

    @Override
    public void end() {
        network.clearLayerMaskArrays();
        network.clear();
    }
}
