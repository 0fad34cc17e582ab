package dev.jzoo.export.scratch;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.Gru;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Optional;

/** The inputs that the weights of a first layer determine. */
final class FirstLayerInput {

    private static final String NAME = "input";

    private FirstLayerInput() {}

    /** Returns the network's input; nothing if its first layer takes several shapes. */
    static Optional<ValueInfo> of(NeuralLayer layer) {
        if (layer instanceof NeuralNetwork chain) {
            return chain.layers().stream()
                    .filter(each -> !(each instanceof DropoutLayer || each instanceof Elementwise))
                    .findFirst()
                    .flatMap(FirstLayerInput::of);
        }
        if (layer instanceof ResidualLayer residual) {
            return of(residual.body());
        }
        if (layer instanceof DenseLayer) {
            return Optional.of(new ValueInfo(NAME, DataType.FLOAT, Dimension.batchOf(rows(layer))));
        }
        if (layer instanceof EmbeddingLayer) {
            return Optional.of(new ValueInfo(NAME, DataType.INT64, List.of(Dimension.BATCH, Dimension.of("steps"))));
        }
        if (layer instanceof SimpleRnn
                || layer instanceof Lstm
                || layer instanceof Gru
                || layer instanceof SelfAttention) {
            return Optional.of(new ValueInfo(
                    NAME, DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of("steps"), Dimension.of(rows(layer)))));
        }
        return Optional.empty();
    }

    /** Returns the number of rows of the first weight, which has one for each value of an input. */
    private static long rows(NeuralLayer layer) {
        return layer.weights().get(0).value().size(0);
    }
}
