package dev.jzoo.recipes.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.jzoo.training.djl.DjlLearner;
import dev.jzoo.training.djl.DropoutBlock;
import dev.jzoo.training.network.GaussianWeights;
import java.util.Random;

/**
 * A layer of {@link AttentionCharacters}: x + attention(norm(x)), then x + dense(GELU(dense(norm(x)))). Takes x [batch,
 * time, width] and a mask [time, time] that is added to the scores: 0 where a position may attend, far below 0
 * elsewhere.
 */
final class AttentionLayer extends AbstractBlock {

    /** Factor of the width between the two dense layers. */
    static final int WIDER = 4;

    private static final byte VERSION = 1;
    private static final double DEVIATION = 0.02;

    private final AttentionCharacters network;
    private final Block firstNorm;
    private final Linear queryKeyValue;
    private final Linear joined;
    private final Block secondNorm;
    private final Linear wide;
    private final Linear narrow;
    private final Block dropout;

    @SuppressWarnings("this-escape")
    AttentionLayer(AttentionCharacters network, Random random) {
        super(VERSION);
        this.network = network;
        int width = network.width();
        firstNorm = addChildBlock("firstNorm", norm());
        queryKeyValue = addChildBlock("queryKeyValue", linear(width, 3 * width, 1, random));
        joined = addChildBlock("joined", linear(width, width, 2 * network.layers(), random));
        secondNorm = addChildBlock("secondNorm", norm());
        wide = addChildBlock("wide", linear(width, WIDER * width, 1, random));
        narrow = addChildBlock("narrow", linear(WIDER * width, width, 2 * network.layers(), random));
        dropout = addChildBlock("dropout", new DropoutBlock(network.dropout()));
    }

    static Block norm() {
        return LayerNorm.builder().axis(2).build();
    }

    /**
     * Creates a linear layer with random weights.
     *
     * @param additions number of additions, by which the variance is divided
     */
    static Linear linear(int in, int out, int additions, Random random) {
        Linear linear = Linear.builder().setUnits(out).build();
        DjlLearner.startFrom(
                linear.getDirectParameters().get("weight"),
                GaussianWeights.draw(in * out, DEVIATION / Math.sqrt(additions), random));
        return linear;
    }

    /** Draws values around 0 with the deviation of an embedding. */
    static float[] normal(int count, Random random) {
        return GaussianWeights.draw(count, DEVIATION, random);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.get(0);
        NDArray attended = attention(store, apply(firstNorm, store, x, training), inputs.get(1), training);
        x = x.add(apply(dropout, store, attended, training));
        NDArray hidden = Activation.gelu(apply(wide, store, apply(secondNorm, store, x, training), training));
        NDArray added = apply(narrow, store, hidden, training);
        return new NDList(x.add(apply(dropout, store, added, training)));
    }

    private NDArray attention(ParameterStore store, NDArray x, NDArray mask, boolean training) {
        long batch = x.getShape().get(0);
        long time = x.getShape().get(1);
        long each = network.width() / network.heads();
        // [batch, time, 3 width] to [3, batch, heads, time, each]
        NDArray all = apply(queryKeyValue, store, x, training)
                .reshape(batch, time, 3, network.heads(), each)
                .transpose(2, 0, 3, 1, 4);
        // Scales the queries, which are fewer than the scores. Not with mul(Number): its scalar is freed before the
        // backward pass (docs/semantics.md).
        NDArray scale = x.getManager().create((float) (1 / Math.sqrt(each)));
        NDArray queries = all.get(0).mul(scale);
        NDArray keys = all.get(1).transpose(0, 1, 3, 2);
        NDArray scores = queries.matMul(keys).add(mask);
        NDArray values = scores.softmax(-1).matMul(all.get(2));
        NDArray together = values.transpose(0, 2, 1, 3).reshape(batch, time, network.width());
        return apply(joined, store, together, training);
    }

    static NDArray apply(Block block, ParameterStore store, NDArray x, boolean training) {
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape sequence = inputs[0];
        for (Block block : new Block[] {firstNorm, queryKeyValue, joined, secondNorm, wide, dropout}) {
            block.initialize(manager, type, sequence);
        }
        narrow.initialize(manager, type, new Shape(sequence.get(0), sequence.get(1), (long) WIDER * network.width()));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0]};
    }
}
