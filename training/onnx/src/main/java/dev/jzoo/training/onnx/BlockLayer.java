package dev.jzoo.training.onnx;

import ai.djl.nn.Parameter;
import java.util.List;

/**
 * A node with weights, and what belongs to it: the batch normalisation, scale and bias behind it.
 *
 * @param name of the node
 * @param parameters that learn
 */
public record BlockLayer(String name, List<Parameter> parameters) {

    public BlockLayer {
        parameters = List.copyOf(parameters);
    }

    /** Keeps the layer as it is: its parameters get no gradient, its batch normalisation uses its running statistics and leaves them. */
    public void freeze() {
        parameters.forEach(parameter -> parameter.freeze(true));
    }

    /** Lets the layer learn. */
    public void unfreeze() {
        parameters.forEach(parameter -> parameter.freeze(false));
    }

    /** Whether none of its parameters learns. */
    public boolean isFrozen() {
        return parameters.stream().noneMatch(Parameter::requiresGradient);
    }
}
