package dev.jzoo.training.scratch;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.layers.Gru;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.RecurrentWeights;
import java.util.Arrays;

/** Recurrent layers with the initial weights that every engine draws. The gates have the library's own order. */
final class RecurrentBuilder {

    private RecurrentBuilder() {}

    static NeuralLayer build(Layer.Recurrent layer, int channels, InitialWeights weights) {
        RecurrentWeights drawn = RecurrentWeights.draw(layer, channels, weights);
        Array input = rows(drawn.inputByChannel());
        Array recurrent = rows(drawn.recurrent());
        Array bias = Array.of(LayerBuilder.doubles(drawn.bias()), drawn.bias().length);
        return switch (layer.cell()) {
            case SIMPLE -> new SimpleRnn(input, recurrent, bias);
            case LSTM -> new Lstm(input, recurrent, bias);
            case GRU -> new Gru(input, recurrent, bias, Array.zeros(bias.shape()));
        };
    }

    private static Array rows(float[][] rows) {
        return Array.rows(Arrays.stream(rows).map(LayerBuilder::doubles).toArray(double[][]::new));
    }
}
