package dev.jzoo.training.djl;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.RecurrentWeights;
import java.util.List;

/** Recurrent layers for DJL, over [batch, length, channels]. */
final class DjlRecurrent {

    private DjlRecurrent() {}

    /** Builds the layer with its initial weights. */
    static Block block(Layer.Recurrent layer, int channels, InitialWeights weights) {
        RecurrentWeights start = RecurrentWeights.draw(layer, channels, weights);
        Block block =
                switch (layer.cell()) {
                    case SIMPLE ->
                        RNN.builder()
                                .setNumLayers(1)
                                .setStateSize(layer.units())
                                .setActivation(RNN.Activation.TANH)
                                .build();
                    case GRU ->
                        GRU.builder()
                                .setNumLayers(1)
                                .setStateSize(layer.units())
                                .build();
                    case LSTM ->
                        LSTM.builder()
                                .setNumLayers(1)
                                .setStateSize(layer.units())
                                .build();
                };
        DjlLearner.startFrom(block.getDirectParameters().get("l_0_i2h_WEIGHT"), start.input());
        DjlLearner.startFrom(block.getDirectParameters().get("l_0_h2h_WEIGHT"), start.recurrentByGate());
        DjlLearner.startFrom(block.getDirectParameters().get("l_0_i2h_BIAS"), start.bias());
        DjlLearner.startFrom(block.getDirectParameters().get("l_0_h2h_BIAS"), new float[start.bias().length]);
        return block;
    }

    /**
     * Returns the biases that stay 0: the engine adds two biases, and training both would double the step of their sum.
     */
    static List<Parameter> redundant(Layer.Recurrent layer, Block block) {
        // In a GRU, the second bias is inside the reset gate, so it is not redundant.
        return layer.cell() == Layer.CellType.GRU
                ? List.of()
                : List.of(block.getDirectParameters().get("l_0_h2h_BIAS"));
    }

    /** Returns a block from [batch, length, channels] to [batch, channels]. */
    static Block lastStep() {
        return new LambdaBlock(list -> new NDList(list.head().get(":, -1")), "lastStep");
    }

    /** Returns a block from [batch, channels, length] to [batch, length, channels], and back. */
    static Block swapTimeAndChannels() {
        return new LambdaBlock(list -> new NDList(list.head().transpose(0, 2, 1)), "swapTimeAndChannels");
    }
}
