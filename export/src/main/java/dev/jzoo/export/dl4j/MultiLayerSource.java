package dev.jzoo.export.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A chain of layers, each with an optional preprocessor before it. */
final class MultiLayerSource implements Dl4jSource {

    private static final String INPUT = "input";

    private final MultiLayerNetwork network;

    MultiLayerSource(MultiLayerNetwork network) {
        this.network = network;
    }

    @Override
    public List<String> inputs() {
        return List.of(INPUT);
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < network.getnLayers(); i++) {
            // A wrapper's runtime layer gives the configuration of what it wraps; only the network's own has the
            // wrapper.
            Layer layer = network.getLayerWiseConfigurations().getConf(i).getLayer();
            String path = path(i, layer);
            String read = value(i - 1);
            InputPreProcessor preprocessor = preprocessor(i);
            if (preprocessor != null) {
                parts.add(new Part(path, preprocessor, Map.of(), List.of(read), prepared(i)));
                read = prepared(i);
            }
            parts.add(new Part(path, layer, network.getLayer(i).paramTable(), List.of(read), value(i)));
        }
        return parts;
    }

    /** The user's name, or the index where there is only the one that DL4J made up. */
    private static String path(int index, Layer layer) {
        String name = layer.getLayerName();
        return name == null || name.equals("layer" + index) ? Integer.toString(index) : name;
    }

    private InputPreProcessor preprocessor(int index) {
        return network.getLayerWiseConfigurations().getInputPreProcess(index);
    }

    private static String value(int index) {
        return index < 0 ? INPUT : Integer.toString(index);
    }

    private static String prepared(int index) {
        return index + " prepared";
    }

    @Override
    public List<String> outputs() {
        return List.of(value(network.getnLayers() - 1));
    }

    @Override
    public DataType type() {
        return network.getLayerWiseConfigurations().getDataType();
    }

    @Override
    public Map<String, long[]> shapes(List<INDArray> given) {
        List<INDArray> activations = network.feedForward(given.get(0), false);
        Map<String, long[]> shapes = new HashMap<>();
        for (int i = -1; i < network.getnLayers(); i++) {
            shapes.put(value(i), activations.get(i + 1).shape());
            InputPreProcessor preprocessor = preprocessor(i + 1);
            if (preprocessor != null) {
                int batch = (int) given.get(0).size(0);
                INDArray prepared =
                        preprocessor.preProcess(activations.get(i + 1).dup(), batch, LayerWorkspaceMgr.noWorkspaces());
                shapes.put(prepared(i + 1), prepared.shape());
            }
        }
        return shapes;
    }

    @Override
    public List<INDArray> output(List<INDArray> given) {
        return List.of(network.output(given.get(0), false));
    }
}
