package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;

/** The last step of each sequence, from [batch, steps, features] to [batch, features]. */
public final class LastStepLayer implements NeuralLayer {

    private int[] shape = {};

    @Override
    public Array forward(Array input, Phase phase) {
        shape = input.shape();
        return Sequences.step(input, shape[1] - 1);
    }

    @Override
    public Array backward(Array gradient) {
        Array before = Array.zeros(shape);
        Sequences.setStep(before, shape[1] - 1, gradient);
        return before;
    }
}
