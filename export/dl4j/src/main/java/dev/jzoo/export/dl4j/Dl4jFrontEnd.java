package dev.jzoo.export.dl4j;

import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.dl4j.network.Dl4jSource;
import dev.jzoo.export.dl4j.network.GraphSource;
import dev.jzoo.export.dl4j.network.MultiLayerSource;
import dev.jzoo.export.dl4j.network.NormalizedSource;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Exports DL4J's {@link MultiLayerNetwork}s and {@link ComputationGraph}s, alone or with a normalizer. */
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
            Dl4jSource source = new NormalizedSource(source(normalized.network()), normalized.normalizers());
            return new TableNetwork(source, inputs, normalized.notes());
        }
        return new TableNetwork(source(network), inputs, List.of());
    }

    private static Dl4jSource source(Object network) {
        if (network instanceof MultiLayerNetwork chain) {
            requireInitialised(chain.isInitCalled());
            return new MultiLayerSource(chain);
        }
        ComputationGraph graph = (ComputationGraph) network;
        requireInitialised(graph.getVertices() != null);
        return new GraphSource(graph);
    }

    private static void requireInitialised(boolean initialised) {
        if (!initialised) {
            throw new IllegalArgumentException(
                    "The network is not initialised: its parameters have no values. Call init(), or load it with ModelSerializer.");
        }
    }
}
