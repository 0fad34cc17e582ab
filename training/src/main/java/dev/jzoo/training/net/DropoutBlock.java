package dev.jzoo.training.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.SplittableRandom;

/**
 * Dropout (Srivastava et al., 2014): in training, sets a share of the values to 0 and multiplies the others so that their mean
 * stays; otherwise gives what it takes, of any shape.
 *
 * <p>It is DJL's but for who draws the mask: PyTorch draws one number after the other by Mersenne Twister, which takes a
 * seventh of a training step of a language model, while Java draws four at once. The engine's generator gives the seed of
 * each mask, so that a training is as repeatable as with the engine's own.
 */
public final class DropoutBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    /** Of each 64 random bits, so many decide about one value. */
    private static final int BITS = 16;

    private static final int STEPS = 1 << BITS;

    private final int dropped;
    private final float scale;

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
        NDArray kept = input.getManager().create(kept((int) input.size(), seed(input.getManager())), input.getShape());
        NDArray factors = kept.toType(DataType.FLOAT32, false).muli(scale);
        return new NDList(input.mul(factors));
    }

    private static long seed(NDManager manager) {
        try (NDArray drawn = manager.randomInteger(0, Integer.MAX_VALUE, new Shape(2), DataType.INT64)) {
            long[] halves = drawn.toLongArray();
            return halves[0] << 32 ^ halves[1];
        }
    }

    /** 1 for a value that is kept, else 0. */
    private byte[] kept(int size, long seed) {
        byte[] kept = new byte[size];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < size; ) {
            long bits = random.nextLong();
            for (int end = Math.min(size, i + Long.SIZE / BITS); i < end; i++) {
                kept[i] = (byte) ((bits & STEPS - 1) >= dropped ? 1 : 0);
                bits >>>= BITS;
            }
        }
        return kept;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs;
    }
}
