package dev.jzoo.export.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Small networks to export. */
final class Networks {

    static {
        // Else ND4J prints how it was built.
        System.setProperty("org.nd4j.log.initialization", "false");
    }

    private Networks() {}

    /** Layers in a chain, initialised. */
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
}
