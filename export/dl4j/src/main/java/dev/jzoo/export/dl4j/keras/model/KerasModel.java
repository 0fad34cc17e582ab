package dev.jzoo.export.dl4j.keras.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A sequential or functional model: calls of layers, joined by numbered values. A model can be a layer of another one.
 *
 * @param inputs the values 0, 1, ...
 * @param calls each after those whose values it reads
 * @param outputs numbers of the values that the model gives
 * @param outputNames of the layers that give them; empty for a sequential model
 */
public record KerasModel(
        List<DeclaredInput> inputs, List<LayerCall> calls, List<Integer> outputs, List<String> outputNames) {

    public KerasModel {
        inputs = List.copyOf(inputs);
        calls = List.copyOf(calls);
        outputs = List.copyOf(outputs);
        outputNames = List.copyOf(outputNames);
    }

    /** All layers, each once, with those of models inside and those that wrappers wrap; without models. */
    public List<KerasLayer> leaves() {
        List<KerasLayer> leaves = new ArrayList<>();
        layers().forEach(layer -> layer.addLeaves(leaves));
        return leaves;
    }

    /** The layers that are called, each once. */
    List<KerasLayer> layers() {
        return calls.stream().map(LayerCall::layer).distinct().toList();
    }
}
