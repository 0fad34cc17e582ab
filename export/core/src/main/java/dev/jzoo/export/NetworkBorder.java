package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.annotation.Internal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors at which a network begins and ends in the graph of its file.
 *
 * @param read tensors that are the network's inputs, in its order
 * @param written tensors that are the network's outputs, in its order
 */
@Internal
public record NetworkBorder(List<ValueInfo> read, List<ValueInfo> written) {

    public NetworkBorder {
        read = List.copyOf(read);
        written = List.copyOf(written);
    }

    /** Returns the graph with the border's tensors as further outputs, after its own outputs. */
    Graph exposed(Graph graph) {
        Map<String, ValueInfo> outputs = new LinkedHashMap<>();
        graph.outputs().forEach(output -> outputs.put(output.name(), output));
        written.forEach(output -> outputs.putIfAbsent(output.name(), output));
        read.stream()
                .filter(tensor ->
                        graph.inputs().stream().noneMatch(input -> input.name().equals(tensor.name())))
                .forEach(tensor -> outputs.putIfAbsent(tensor.name(), tensor));
        return graph.withOutputs(List.copyOf(outputs.values()));
    }

    /** Returns whether the network reads the inputs of the graph unchanged. */
    boolean readsInputs(Graph graph) {
        return graph.inputs().stream()
                .map(ValueInfo::name)
                .toList()
                .containsAll(read.stream().map(ValueInfo::name).toList());
    }

    /** Returns the tensors that the network read, from the inputs and results of the file. */
    List<Tensor> inputs(Map<String, Tensor> given, Map<String, Tensor> results) {
        List<Tensor> inputs = new ArrayList<>();
        for (ValueInfo tensor : read) {
            inputs.add(given.getOrDefault(tensor.name(), results.get(tensor.name())));
        }
        return inputs;
    }
}
