package dev.jzoo.export.dl4j.keras.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A sequential or functional model: calls of layers, joined by numbered values. A model can be a layer of another
 * model.
 *
 * @param inputs the values 0, 1, ...
 * @param calls calls of layers, each after the calls whose values it reads
 * @param outputs numbers of the model's output values
 * @param outputNames names of the layers that compute them; empty for a sequential model
 */
public record KerasModel(
        List<DeclaredInput> inputs, List<LayerCall> calls, List<Integer> outputs, List<String> outputNames) {

    public KerasModel {
        inputs = List.copyOf(inputs);
        calls = List.copyOf(calls);
        outputs = List.copyOf(outputs);
        outputNames = List.copyOf(outputNames);
    }

    /**
     * Returns all layers, each once, including the layers of inner models and of wrappers, but not the models
     * themselves.
     */
    public List<KerasLayer> leaves() {
        List<KerasLayer> leaves = new ArrayList<>();
        layers().forEach(layer -> layer.addLeaves(leaves));
        return leaves;
    }

    /** Returns the layers that are called, each once. */
    List<KerasLayer> layers() {
        return calls.stream().map(LayerCall::layer).distinct().toList();
    }
}
