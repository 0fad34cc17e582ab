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
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.jzoo.training.djl.DjlLearner;
import dev.jzoo.training.djl.DropoutBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** {@link AttentionCharacters} in DJL, from ids int64 [batch, window] to logits [batch, window, characters]. */
final class AttentionBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    /** A score whose exponential is exactly 0. */
    private static final float NEVER = -1e9f;

    private final AttentionCharacters network;
    private final Parameter characters;
    private final Parameter places;
    private final Block dropout;
    private final List<Block> layers = new ArrayList<>();
    private final Block norm;
    private final Block dense;

    @SuppressWarnings("this-escape")
    private AttentionBlock(AttentionCharacters network, Random random) {
        super(VERSION);
        this.network = network;
        characters = table("characters", network.characters(), random);
        places = table("places", network.window(), random);
        dropout = addChildBlock("dropout", new DropoutBlock(network.dropout()));
        for (int i = 0; i < network.layers(); i++) {
            layers.add(addChildBlock("layer" + i, new AttentionLayer(network, random)));
        }
        norm = addChildBlock("norm", AttentionLayer.norm());
        dense = addChildBlock("dense", AttentionLayer.linear(network.width(), network.characters(), 1, random));
    }

    private Parameter table(String name, int rows, Random random) {
        Parameter table = addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(rows, network.width()))
                .build());
        DjlLearner.startFrom(table, AttentionLayer.normal(rows * network.width(), random));
        return table;
    }

    static AttentionBlock initialised(AttentionCharacters network, long seed, NDManager manager) {
        AttentionBlock block = new AttentionBlock(network, new Random(seed));
        block.initialize(manager, DataType.FLOAT32, new Shape(1, network.window()));
        return block;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray ids = inputs.singletonOrThrow();
        NDArray character = Embedding.embedding(
                        ids, store.getValue(characters, ids.getDevice(), training), SparseFormat.DENSE)
                .singletonOrThrow();
        NDArray x = character.add(store.getValue(places, ids.getDevice(), training));
        x = AttentionLayer.apply(dropout, store, x, training);
        NDArray mask = mask(ids.getManager());
        for (Block layer : layers) {
            x = layer.forward(store, new NDList(x, mask), training).singletonOrThrow();
        }
        x = AttentionLayer.apply(norm, store, x, training);
        return dense.forward(store, new NDList(x), training);
    }

    /** Returns a mask [window, window]: each position attends to itself and to the positions before it. */
    private NDArray mask(NDManager manager) {
        int window = network.window();
        float[] values = new float[window * window];
        for (int row = 0; row < window; row++) {
            for (int column = row + 1; column < window; column++) {
                values[row * window + column] = NEVER;
            }
        }
        return manager.create(values, new Shape(window, window));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape sequence = inputs[0].add(network.width());
        dropout.initialize(manager, type, sequence);
        layers.forEach(layer -> layer.initialize(manager, type, sequence));
        norm.initialize(manager, type, sequence);
        dense.initialize(manager, type, sequence);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0].add(network.characters())};
    }
}
