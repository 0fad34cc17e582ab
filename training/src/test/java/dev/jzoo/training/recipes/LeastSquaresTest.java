package dev.jzoo.training.recipes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    @Test
    void aLinearFunctionIsFoundAgain() {
        Random random = new Random(1);
        double[][] inputs = new double[30][3];
        double[] targets = new double[30];
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 3; j++) {
                inputs[i][j] = 300 + random.nextGaussian();
            }
            targets[i] = 2 * inputs[i][0] - 0.5 * inputs[i][1] + 0.01 * inputs[i][2] + 7;
        }
        assertArrayEquals(targets, LeastSquares.fit(inputs, targets).predict(inputs), 1e-9);
    }

    /** At the least sum of squares the errors are at right angles to each feature, and their sum is 0. */
    @Test
    void whatRemainsIsAtRightAnglesToEveryFeature() {
        Random random = new Random(2);
        double[][] inputs = new double[50][4];
        double[] targets = new double[50];
        for (int i = 0; i < 50; i++) {
            for (int j = 0; j < 4; j++) {
                inputs[i][j] = random.nextDouble();
            }
            targets[i] = random.nextGaussian();
        }
        double[] predicted = LeastSquares.fit(inputs, targets).predict(inputs);
        double[] sums = new double[5];
        for (int i = 0; i < 50; i++) {
            for (int j = 0; j < 4; j++) {
                sums[j] += (targets[i] - predicted[i]) * inputs[i][j];
            }
            sums[4] += targets[i] - predicted[i];
        }
        assertArrayEquals(new double[5], sums, 1e-10);
    }

    @Test
    void fewerExamplesThanNumbersToFindAreRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> LeastSquares.fit(new double[][] {{1, 2}, {3, 4}}, new double[2]));
        assertTrue(e.getMessage().contains("needs 3 examples, not 2"), e.getMessage());
    }

    @Test
    void aFeatureThatIsAlways0IsRefused() {
        double[][] inputs = {{0, 1}, {0, 2}, {0, 4}};
        assertEquals(
                "Feature 0 is 0, or a sum of others: no function is the best.",
                assertThrows(IllegalArgumentException.class, () -> LeastSquares.fit(inputs, new double[] {1, 2, 3}))
                        .getMessage());
    }
}
