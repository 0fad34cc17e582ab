package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A trained network of a framework, open for export. Holds native memory of the framework until it is closed. */
public interface SourceNetwork extends AutoCloseable {

    /** Returns the network's inputs, in its own order: names, types, and shapes whose first axis is {@code batch}. */
    List<ValueInfo> inputs();

    /**
     * Returns the same network with one more input after its own: the number of valid steps of each sequence, int32
     * [batch].
     *
     * @throws IllegalArgumentException if the framework does not support this or the network has no sequences
     */
    default SourceNetwork withLengths(String name) {
        throw new IllegalArgumentException(
                "Cannot add an input with the lengths of sequences: only DL4J networks support it."
                        + " Export without lengths(...).");
    }

    /**
     * Returns the same network with the states of its recurrent layers after its own inputs and outputs, float [1,
     * batch, units].
     *
     * @throws IllegalArgumentException if the framework keeps no states or the network has none
     */
    default SourceNetwork withStates() {
        throw new IllegalArgumentException(
                "Cannot add the states of recurrent layers: only DL4J keeps them itself. Write a network"
                        + " of another framework so that it takes and returns its states, and export without"
                        + " states().");
    }

    /**
     * Returns the framework's names of the network's outputs, for an export that does not name its outputs; empty if it
     * has none.
     */
    default List<String> outputNames() {
        return List.of();
    }

    /**
     * Adds the network to a graph.
     *
     * @param graph the graph that gets the network
     * @param inputs the graph's tensors to read, one for each of {@link #inputs()}
     * @return the network's outputs: tensors of the graph with their types and shapes
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
     * Returns the values that an input takes, if the network knows them: for example ids below the size of the table in
     * which they are looked up. Otherwise returns {@link InputValues#unknown()}. More may be known after {@link #emit}.
     *
     * @param input one of {@link #inputs()}
     */
    default InputValues values(ValueInfo input) {
        return InputValues.unknown();
    }

    /** Inputs on which a network runs. */
    @FunctionalInterface
    interface InputExamples {

        /** Returns one tensor for each of {@link #inputs()}, with the given sizes of axes; the same at each call. */
        List<Tensor> of(ToLongFunction<Dimension> sizes);
    }

    /** Returns the same network, which {@link #emit} runs on these inputs if it has to run it. */
    default SourceNetwork withExamples(InputExamples examples) {
        return this;
    }

    /** Returns the largest batch that the framework computes like small ones. */
    default int largestBatch() {
        return Integer.MAX_VALUE;
    }

    /** Returns warnings for the user, one sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Computes the values between the layers, to find the first layer that differs if an export does not agree.
     *
     * @param inputs one for each of {@link #inputs()}
     * @return values by the name of the tensor in the graph, as {@link #emit} wrote it; empty if the framework does not
     * know them
     */
    default Map<String, Tensor> intermediates(List<Tensor> inputs) {
        return Map.of();
    }

    @Override
    void close();
}
