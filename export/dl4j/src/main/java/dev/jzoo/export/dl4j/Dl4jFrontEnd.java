package dev.jzoo.export.dl4j;

import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.dl4j.network.GraphSource;
import dev.jzoo.export.dl4j.network.MultiLayerSource;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Exports DL4J's {@link MultiLayerNetwork}s and {@link ComputationGraph}s. */
public final class Dl4jFrontEnd implements FrontEnd {

    @Override
    public String name() {
        return "DL4J";
    }

    @Override
    public boolean accepts(Object network) {
        return network instanceof MultiLayerNetwork || network instanceof ComputationGraph;
    }

    @Override
    public SourceNetwork open(Object network, List<ValueInfo> inputs) {
        if (network instanceof MultiLayerNetwork chain) {
            requireInitialised(chain.isInitCalled());
            return new TableNetwork(new MultiLayerSource(chain), inputs);
        }
        ComputationGraph graph = (ComputationGraph) network;
        requireInitialised(graph.getVertices() != null);
        return new TableNetwork(new GraphSource(graph), inputs);
    }

    private static void requireInitialised(boolean initialised) {
        if (!initialised) {
            throw new IllegalArgumentException(
                    "The network is not initialised: its parameters have no values. Call init(), or load it with ModelSerializer.");
        }
    }
}
