package dev.jzoo.export.dl4j;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Small networks to export. */
final class Networks {

    static {
        // Otherwise ND4J prints how it was built.
        System.setProperty("org.nd4j.log.initialization", "false");
    }

    private Networks() {}

    /** Returns a chain of layers, initialised. */
    static MultiLayerNetwork chain(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(7).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(input).validateOutputLayerConfig(false).build());
        network.init();
        return network;
    }

    /** Returns the configuration classes of a network's parts, in order: "LSTM, RnnOutputLayer". */
    static String parts(Object network) {
        Stream<Class<?>> classes = network instanceof MultiLayerNetwork chain
                ? chain.getLayerWiseConfigurations().getConfs().stream()
                        .map(part -> part.getLayer().getClass())
                : ((ComputationGraph) network)
                        .getConfiguration().getVertices().values().stream().map(Networks::part);
        return classes.map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    private static Class<?> part(GraphVertex vertex) {
        return vertex instanceof LayerVertex layer
                ? layer.getLayerConf().getLayer().getClass()
                : vertex.getClass();
    }
}
