package dev.jzoo.scratch;

import ai.djl.ndarray.NDArray;
import dev.jzoo.scratch.NeuralLayer.Phase;
import java.util.List;

/**
 * A layer with an input, and the same function in DJL.
 */
record LayerCase(String name, NeuralLayer layer, Phase phase, Array input, DjlFunction djl) {

    /** A function of an input and of weights that have the layout of this library. */
    interface DjlFunction {
        NDArray of(NDArray x, List<NDArray> weights);
    }

    static LayerCase of(String name, NeuralLayer layer, Array input, DjlFunction djl) {
        return new LayerCase(name, layer, Phase.TRAINING, input, djl);
    }

    @Override
    public String toString() {
        return name;
    }
}
