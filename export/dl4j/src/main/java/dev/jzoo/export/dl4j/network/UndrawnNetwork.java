package dev.jzoo.export.dl4j.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A factory of networks whose parameters come from a file. DL4J's {@code init()} would draw random values first: for an
 * orthogonal matrix by a singular value decomposition, which takes minutes for a few hundred units.
 */
public final class UndrawnNetwork {

    private UndrawnNetwork() {}

    /** Counts the parameters of a chain of layers without allocating them. */
    public static long parameters(MultiLayerConfiguration configuration) {
        long count = 0;
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            layer.getLayer().setDataType(configuration.getDataType());
            count = Math.addExact(count, layer.getLayer().initializer().numParams(layer));
        }
        return count;
    }

    /** Counts the parameters of a graph without allocating them. */
    public static long parameters(ComputationGraphConfiguration configuration) {
        long count = 0;
        for (GraphVertex vertex : configuration.getVertices().values()) {
            vertex.setDataType(configuration.getDataType());
            count = Math.addExact(count, vertex.numParams(true));
        }
        return count;
    }

    /** Creates a chain of layers in which every parameter is NaN, so that a missing value can be found later. */
    public static MultiLayerNetwork of(MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(unset(parameters(configuration), configuration.getDataType()), false);
        return network;
    }

    /** Creates a graph in which every parameter is NaN, so that a missing value can be found later. */
    public static ComputationGraph of(ComputationGraphConfiguration configuration) {
        ComputationGraph network = new ComputationGraph(configuration);
        network.init(unset(parameters(configuration), configuration.getDataType()), false);
        return network;
    }

    /** Returns the unset parameters; null for a network without parameters, as DL4J expects. */
    private static INDArray unset(long count, DataType type) {
        return count == 0 ? null : Nd4j.valueArrayOf(new long[] {1, count}, Double.NaN, type);
    }
}
