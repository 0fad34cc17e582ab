package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import java.util.List;

/** A layer with a shortcut around it (He et al., 2015): y = x + f(x), so that dL/dx = dL/dy + the gradient through f. */
public final class ResidualLayer implements NeuralLayer {

    private final NeuralLayer body;

    /** Creates a shortcut around a function whose output has the shape of its input. */
    public ResidualLayer(NeuralLayer body) {
        this.body = body;
    }

    /** Returns the function f. */
    public NeuralLayer body() {
        return body;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        return input.plus(body.forward(input, phase));
    }

    @Override
    public Array backward(Array gradient) {
        return gradient.plus(body.backward(gradient));
    }

    @Override
    public List<Weight> weights() {
        return body.weights();
    }
}
