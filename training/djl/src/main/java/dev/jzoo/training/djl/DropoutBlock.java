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
 * Dropout (Srivastava et al., 2014): in training, sets a share of the values to 0 and scales the others so that their
 * mean stays the same. Otherwise returns its input. Accepts any shape.
 *
 * <p>Unlike DJL's dropout, it draws the mask in Java. PyTorch draws one number after the other with the Mersenne
 * Twister, which slows a language model down, whereas Java draws four at once. The engine's generator provides the seed
 * of each mask, so training is as repeatable as with the engine's own dropout.
 */
public final class DropoutBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    /** Number of random bits that decide about one value; there are 64 in each draw. */
    private static final int BITS = 16;

    private static final int STEPS = 1 << BITS;

    private final int dropped;
    private final float scale;

    /** Buffer of the last mask, which is reused: as garbage, masks would be megabytes per second. */
    private ByteBuffer mask = ByteBuffer.allocateDirect(0);

    /**
     * Creates the block.
     *
     * @param share share of the values to set to 0, from 0 to below 1; rounded to 1/65,536
     * @throws IllegalArgumentException if it is not in that range
     */
    public DropoutBlock(double share) {
        super(VERSION);
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("The share to drop must be from 0 to below 1, not " + share + ".");
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

    /** Returns 0 for a value to drop, and otherwise the factor of the value. */
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

    /** Writes 1 for a value to keep, and otherwise 0. */
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
