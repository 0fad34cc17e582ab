package dev.jzoo.export.dl4j.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A converter of networks of half precision to single precision, in which a file computes, with the same weights. DL4J
 * rounds every intermediate result of a half-precision network, and lacks some operators for halves on the CPU.
 */
public final class SinglePrecision {

    private SinglePrecision() {}

    /** Returns whether a network computes in fewer bits than a file. */
    public static boolean isNarrower(DataType type) {
        return type == DataType.FLOAT16 || type == DataType.BFLOAT16;
    }

    /** Copies a chain of layers. */
    public static MultiLayerNetwork of(MultiLayerNetwork network) {
        MultiLayerConfiguration configuration =
                network.getLayerWiseConfigurations().clone();
        configuration.setDataType(DataType.FLOAT);
        MultiLayerNetwork copy = new MultiLayerNetwork(configuration);
        copy.init(network.params().castTo(DataType.FLOAT), false);
        return copy;
    }

    /** Copies a graph. */
    public static ComputationGraph of(ComputationGraph network) {
        ComputationGraphConfiguration configuration = network.getConfiguration().clone();
        configuration.setDataType(DataType.FLOAT);
        network.getConfiguration().getVertices().forEach((name, vertex) -> {
            if (vertex instanceof ReshapeVertex reshape) {
                // Its clone has lost the order.
                configuration
                        .getVertices()
                        .put(
                                name,
                                new ReshapeVertex(
                                        reshape.getReshapeOrder(), reshape.getNewShape(), reshape.getMaskShape()));
            }
        });
        ComputationGraph copy = new ComputationGraph(configuration);
        copy.init(network.params().castTo(DataType.FLOAT), false);
        return copy;
    }
}
