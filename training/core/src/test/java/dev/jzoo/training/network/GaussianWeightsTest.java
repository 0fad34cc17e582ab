package dev.jzoo.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GaussianWeightsTest {

    /** The moments of a normal distribution: 0, s^2, 0 and 3 s^4. */
    @Test
    void theMomentsAreThoseOfANormalDistribution() {
        double deviation = 0.5;
        double[] moments = new double[4];
        float[] weights = GaussianWeights.draw(200_000, deviation, new Random(1));
        for (float weight : weights) {
            for (int k = 0; k < 4; k++) {
                moments[k] += Math.pow(weight, k + 1) / weights.length;
            }
        }
        assertArrayEquals(new double[] {0, 0.25, 0, 3 * 0.0625}, moments, 0.005);
    }

    /** Stored runs depend on the order: one draw of the generator for each weight. */
    @Test
    void weightsAreDrawnFromTheFirstToTheLast() {
        Random random = new Random(7);
        float[] expected = {(float) random.nextGaussian(), (float) random.nextGaussian()};
        Random other = new Random(7);
        assertArrayEquals(expected, GaussianWeights.draw(2, 1, other));
        assertEquals(random.nextInt(), other.nextInt());
    }
}
