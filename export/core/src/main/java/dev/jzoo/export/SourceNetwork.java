package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A trained network of some framework, about to be exported. Holds native memory of the framework until it is closed. */
public interface SourceNetwork extends AutoCloseable {

    /** What the network takes, in its own order: names, types, and shapes whose first axis is {@code batch}. */
    List<ValueInfo> inputs();

    /**
     * The same network with one more input behind its own: the number of steps of each sequence that count, int32 [batch].
     *
     * @throws IllegalArgumentException where the framework has no such thing or the network no sequences
     */
    default SourceNetwork withLengths(String name) {
        throw new IllegalArgumentException("Only sequences of DL4J networks can have lengths.");
    }

    /**
     * The same network with the states of its recurrent layers behind its own inputs and outputs, float [1, batch, units].
     *
     * @throws IllegalArgumentException where the framework keeps no states of its own or the network has none
     */
    default SourceNetwork withStates() {
        throw new IllegalArgumentException("Only DL4J keeps states of recurrent layers by itself; a network of another"
                + " framework takes and gives them as inputs and outputs of its own.");
    }

    /** The framework's names of what the network gives, for an export that names no outputs; empty where it has none. */
    default List<String> outputNames() {
        return List.of();
    }

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

    /**
     * The values that an input takes, as far as the network tells them: ids below the size of the table that they are looked up
     * in. {@link InputValues#unknown()} where it tells nothing. What is told may become more with {@link #emit}.
     *
     * @param input one of {@link #inputs()}
     */
    default InputValues values(ValueInfo input) {
        return InputValues.unknown();
    }

    /** Inputs on which a network runs. */
    @FunctionalInterface
    interface InputExamples {

        /** One for each of {@link #inputs()}, with these sizes of axes; the same at each call. */
        List<Tensor> of(ToLongFunction<Dimension> sizes);
    }

    /** The same network, which {@link #emit} runs on these inputs where it has to run it. */
    default SourceNetwork withExamples(InputExamples examples) {
        return this;
    }

    /** The largest batch that the framework computes as it does small ones. */
    default int largestBatch() {
        return Integer.MAX_VALUE;
    }

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
