package dev.jzoo.training.onnx;

import ai.djl.nn.Parameter;
import java.util.List;

/**
 * A layer: a node with weights, together with the batch normalisation, scale and bias that follow it.
 *
 * @param name name of the node
 * @param parameters its trainable parameters
 */
public record BlockLayer(String name, List<Parameter> parameters) {

    public BlockLayer {
        parameters = List.copyOf(parameters);
    }

    /**
     * Freezes the layer: its parameters get no gradient, and its batch normalisation uses its running statistics
     * without changing them.
     */
    public void freeze() {
        parameters.forEach(parameter -> parameter.freeze(true));
    }

    /** Makes the layer trainable. */
    public void unfreeze() {
        parameters.forEach(parameter -> parameter.freeze(false));
    }

    /** Returns whether none of its parameters is trainable. */
    public boolean isFrozen() {
        return parameters.stream().noneMatch(Parameter::requiresGradient);
    }
}
