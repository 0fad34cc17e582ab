package dev.jzoo.export;

import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.Tensor;
import java.util.List;
import java.util.Map;

/** A trained network of some framework, about to be exported. Holds native memory of the framework until it is closed. */
public interface SourceNetwork extends AutoCloseable {

    /** What the network takes, in its own order: names, types, and shapes whose first axis is {@code batch}. */
    List<ValueInfo> inputs();

    /**
     * Adds the network to a graph.
     *
     * @param graph where to
     * @param inputs the graph's tensors to read, one for each of {@link #inputs()}
     * @return what the network gives: tensors of the graph with their types and shapes
     * @throws UnsupportedNetworkException naming every part that has no ONNX form
     */
    List<ValueInfo> emit(GraphBuilder graph, List<String> inputs);

    /**
     * Computes the network in its own framework, in inference mode.
     *
     * @param inputs one for each of {@link #inputs()}
     * @return one for each tensor that {@link #emit} returned
     */
    List<Tensor> run(List<Tensor> inputs);

    /** What the user should know of the export, a sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Computes what stands between the layers, to find the first one that differs where an export does not agree.
     *
     * @param inputs one for each of {@link #inputs()}
     * @return values by the name of the graph's tensor that holds them, as {@link #emit} wrote it; empty where the framework
     *     cannot tell
     */
    default Map<String, Tensor> intermediates(List<Tensor> inputs) {
        return Map.of();
    }

    @Override
    void close();
}
