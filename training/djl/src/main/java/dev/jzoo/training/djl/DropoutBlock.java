package dev.jzoo.training.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Dropout (Srivastava et al., 2014): in training, sets a share of the values to 0 and multiplies the others so that their mean
 * stays; otherwise gives what it takes, of any shape.
 *
 * <p>It is DJL's but for who draws the mask: PyTorch draws one number after the other by Mersenne Twister, which slows a
 * language model down, while Java draws four at once. The engine's generator gives the seed of each mask, so that a training
 * is as repeatable as with the engine's own.
 */
public final class DropoutBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    /** Of each 64 random bits, so many decide about one value. */
    private static final int BITS = 16;

    private static final int STEPS = 1 << BITS;

    private final int dropped;
    private final float scale;

    /** Where the last mask was drawn, for the next one: as garbage, masks would be megabytes a second. */
    private ByteBuffer mask = ByteBuffer.allocateDirect(0);

    /**
     * @param share of the values to set to 0, from 0 to below 1; rounded to a 65,536th
     * @throws IllegalArgumentException where it is not in that range
     */
    public DropoutBlock(double share) {
        super(VERSION);
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("A share to drop is from 0 to below 1, not " + share + ".");
        }
        dropped = (int) Math.min(STEPS - 1, Math.round(share * STEPS));
        scale = STEPS / (float) (STEPS - dropped);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray input = inputs.singletonOrThrow();
        if (!training || dropped == 0) {
            return inputs;
        }
        return new NDList(input.mul(factors(input)));
    }

    /** 0 for a value to drop, else what it is multiplied by. */
    private synchronized NDArray factors(NDArray input) {
        NDManager manager = input.getManager();
        int size = Math.toIntExact(input.size());
        if (mask.capacity() < size) {
            mask = ByteBuffer.allocateDirect(size);
        }
        draw(mask.clear().limit(size), seed(manager));
        try (NDArray kept = manager.create(mask, input.getShape(), DataType.INT8)) {
            return kept.toType(DataType.FLOAT32, true).muli(scale);
        }
    }

    private static long seed(NDManager manager) {
        try (NDArray drawn = manager.randomInteger(0, Integer.MAX_VALUE, new Shape(2), DataType.INT64)) {
            long[] halves = drawn.toLongArray();
            return halves[0] << 32 ^ halves[1];
        }
    }

    /** 1 for a value that is kept, else 0. */
    private void draw(ByteBuffer kept, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < kept.limit(); ) {
            long bits = random.nextLong();
            for (int end = Math.min(kept.limit(), i + Long.SIZE / BITS); i < end; i++) {
                kept.put(i, (byte) ((bits & STEPS - 1) >= dropped ? 1 : 0));
                bits >>>= BITS;
            }
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs;
    }
}
