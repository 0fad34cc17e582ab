package dev.jzoo.training.network;

import java.util.Random;

/** Initial weights from a normal distribution around 0. */
public final class GaussianWeights {

    private GaussianWeights() {}

    /** Draws weights with a standard deviation, in order. */
    public static float[] draw(int count, double deviation, Random random) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) (random.nextGaussian() * deviation);
        }
        return weights;
    }
}
