package dev.jzoo.export.dl4j;

import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.dl4j.network.Dl4jSource;
import dev.jzoo.export.dl4j.network.GraphSource;
import dev.jzoo.export.dl4j.network.MultiLayerSource;
import dev.jzoo.export.dl4j.network.NormalizedSource;
import dev.jzoo.export.dl4j.network.SinglePrecision;
import dev.jzoo.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;

/** The front end for DL4J's {@link MultiLayerNetwork}s and {@link ComputationGraph}s, alone or with a normalizer. */
public final class Dl4jFrontEnd implements FrontEnd {

    @Override
    public String name() {
        return "DL4J";
    }

    @Override
    public boolean accepts(Object network) {
        return network instanceof MultiLayerNetwork
                || network instanceof ComputationGraph
                || network instanceof NormalizedNetwork;
    }

    @Override
    public SourceNetwork open(Object network, List<ValueInfo> inputs) {
        if (network instanceof NormalizedNetwork normalized) {
            Dl4jSource inner = source(normalized.network());
            List<String> notes = new ArrayList<>(normalized.notes());
            notes.addAll(notes(normalized.network()));
            return new TableNetwork(new NormalizedSource(inner, normalized.normalizers()), inputs, notes);
        }
        return new TableNetwork(source(network), inputs, notes(network));
    }

    private static Dl4jSource source(Object network) {
        if (network instanceof MultiLayerNetwork chain) {
            requireInitialised(chain.isInitCalled());
            return new MultiLayerSource(SinglePrecision.isNarrower(type(network)) ? SinglePrecision.of(chain) : chain);
        }
        ComputationGraph graph = (ComputationGraph) network;
        requireInitialised(graph.getVertices() != null);
        return new GraphSource(SinglePrecision.isNarrower(type(network)) ? SinglePrecision.of(graph) : graph);
    }

    private static DataType type(Object network) {
        return network instanceof MultiLayerNetwork chain
                ? chain.getLayerWiseConfigurations().getDataType()
                : ((ComputationGraph) network).getConfiguration().getDataType();
    }

    private static List<String> notes(Object network) {
        return type(network) == DataType.FLOAT
                ? List.of()
                : List.of("The network is of type " + type(network)
                        + " in DL4J. The file has the same weights and computes in single precision.");
    }

    private static void requireInitialised(boolean initialised) {
        if (!initialised) {
            throw new IllegalArgumentException(
                    "Cannot export the network, because it is not initialised: its parameters have no"
                            + " values. Call init() or load it with ModelSerializer.");
        }
    }
}
