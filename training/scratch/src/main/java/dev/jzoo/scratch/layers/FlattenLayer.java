package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;

/** Each example as one row, from [batch, ...] to [batch, values]. */
public final class FlattenLayer implements NeuralLayer {

    private int[] shape = {};

    @Override
    public Array forward(Array input, Phase phase) {
        shape = input.shape();
        return input.reshape(shape[0], shape[0] == 0 ? 0 : input.count() / shape[0]);
    }

    @Override
    public Array backward(Array gradient) {
        return gradient.reshape(shape);
    }
}
