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
 * Where a network begins and ends in the graph of its file.
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

    /** The graph with the tensors at the border as outputs, behind those that it has. */
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

    /** Whether the network reads the inputs of the graph as they are. */
    boolean readsInputs(Graph graph) {
        return graph.inputs().stream()
                .map(ValueInfo::name)
                .toList()
                .containsAll(read.stream().map(ValueInfo::name).toList());
    }

    /** What the network reads, from what the file was given and what it gave. */
    List<Tensor> inputs(Map<String, Tensor> given, Map<String, Tensor> results) {
        List<Tensor> inputs = new ArrayList<>();
        for (ValueInfo tensor : read) {
            inputs.add(given.getOrDefault(tensor.name(), results.get(tensor.name())));
        }
        return inputs;
    }
}
