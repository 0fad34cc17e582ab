package dev.jzoo.recipes.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.jzoo.training.djl.DjlLearner;
import dev.jzoo.training.djl.DropoutBlock;

/**
 * {@link RecurrentCharacters} in DJL. Takes ids int64 [batch, time] and optionally the states [1, batch, units] of an
 * earlier call. Returns logits [batch, time, characters] and the states.
 */
final class RecurrentBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    private final RecurrentCharacters network;
    private final Parameter embedding;
    private final Block recurrent;
    private final Block dropout;
    private final Block dense;

    @SuppressWarnings("this-escape")
    private RecurrentBlock(RecurrentCharacters network) {
        super(VERSION);
        this.network = network;
        embedding = addParameter(Parameter.builder()
                .setName("embedding")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(network.characters(), network.embedding()))
                .build());
        recurrent = addChildBlock("recurrent", recurrent(network));
        dropout = addChildBlock("dropout", new DropoutBlock(network.dropout()));
        dense = addChildBlock(
                "dense", Linear.builder().setUnits(network.characters()).build());
    }

    private static Block recurrent(RecurrentCharacters network) {
        if (network.cell() == RecurrentCharacters.CharacterCell.LSTM) {
            return LSTM.builder()
                    .setNumLayers(1)
                    .setStateSize(network.units())
                    .optReturnState(true)
                    .build();
        }
        return RNN.builder()
                .setNumLayers(1)
                .setStateSize(network.units())
                .setActivation(RNN.Activation.TANH)
                .optReturnState(true)
                .build();
    }

    static RecurrentBlock initialised(RecurrentCharacters network, CharacterWeights weights, NDManager manager) {
        RecurrentBlock block = new RecurrentBlock(network);
        DjlLearner.startFrom(block.embedding, weights.embedding);
        start(block.recurrent, "l_0_i2h_WEIGHT", CharacterWeights.transposed(weights.input));
        start(block.recurrent, "l_0_h2h_WEIGHT", CharacterWeights.transposed(weights.recurrent));
        start(block.recurrent, "l_0_i2h_BIAS", weights.bias);
        // The engine adds two biases. Training both would double the step of their sum, so one stays 0.
        start(block.recurrent, "l_0_h2h_BIAS", new float[weights.bias.length]);
        start(block.dense, "weight", CharacterWeights.transposed(weights.dense));
        block.initialize(manager, DataType.FLOAT32, new Shape(1, network.window()));
        block.recurrent.getDirectParameters().get("l_0_h2h_BIAS").freeze(true);
        return block;
    }

    private static void start(Block block, String parameter, float[] values) {
        DjlLearner.startFrom(block.getDirectParameters().get(parameter), values);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray ids = inputs.head();
        NDArray table = store.getValue(embedding, ids.getDevice(), training);
        NDList embedded = Embedding.embedding(ids, table, SparseFormat.DENSE);
        NDList sequence = recurrent.forward(store, embedded.addAll(inputs.subNDList(1)), training);
        NDList kept = dropout.forward(store, new NDList(sequence.head()), training);
        return dense.forward(store, kept, training).addAll(sequence.subNDList(1));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        long batch = inputs[0].get(0);
        long time = inputs[0].get(1);
        Shape sequence = new Shape(batch, time, network.units());
        recurrent.initialize(manager, type, new Shape(batch, time, network.embedding()));
        dropout.initialize(manager, type, sequence);
        dense.initialize(manager, type, sequence);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0].add(network.characters())};
    }
}
