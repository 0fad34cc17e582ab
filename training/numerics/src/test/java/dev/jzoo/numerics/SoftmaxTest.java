package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The expected numbers come from softmax and logsumexp of scipy.special, SciPy 1.17. */
class SoftmaxTest {

    @Test
    void probabilitiesAndNormaliserAreThoseOfSciPy() {
        double[] values = {1.5, -2, 0.25, 7};
        assertEquals(7.005366634684292, Softmax.inPlace(values), 1e-15);
        assertArrayEquals(
                new double[] {0.00406489797505701, 0.0001227492827254026, 0.0011646127686011066, 0.9946477399736164},
                values,
                1e-16);
    }

    @Test
    void logitsTooLargeForAnExponentialAreNoObstacle() {
        double[] values = {1000, 1001, 999};
        assertEquals(1001.4076059644444, Softmax.inPlace(values), 1e-12);
        assertArrayEquals(new double[] {0.24472847105479764, 0.6652409557748218, 0.09003057317038046}, values, 1e-15);
    }

    @Test
    void eachRowIsADistributionOfItsOwn() {
        float[] rows = {1.5f, -2, 0.25f, 7, 0, 0, 0, 0};
        Softmax.rowsInPlace(rows, 4);
        assertArrayEquals(
                new float[] {0.004064898f, 0.00012274928f, 0.0011646128f, 0.99464774f, 0.25f, 0.25f, 0.25f, 0.25f},
                rows,
                1e-7f);
    }

    @Test
    void largeLogitsInRowsAreNoObstacle() {
        float[] rows = {1000, 1001, 999, -1000, -1001, -999};
        Softmax.rowsInPlace(rows, 3);
        assertArrayEquals(
                new float[] {0.24472847f, 0.66524096f, 0.09003057f, 0.24472847f, 0.09003057f, 0.66524096f},
                rows,
                1e-7f);
    }
}
