package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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

    /** At the least sum of squares, the errors are orthogonal to each feature, and their sum is 0. */
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

    /** A reflection towards the nearer side would divide by 0 here. */
    @Test
    void aFeatureThatOnlyTheFirstExampleHasIsFound() {
        double[][] inputs = {{1}, {0}, {0}};
        assertArrayEquals(
                new double[] {5, 2, 2},
                LeastSquares.fit(inputs, new double[] {5, 2, 2}).predict(inputs),
                1e-12);
    }

    @Test
    void aFeatureThatIsAlways0IsRefused() {
        double[][] inputs = {{0, 1}, {0, 2}, {0, 4}};
        assertEquals(
                "Feature 0 is 0 or a linear combination of other features, so the best function is not unique.",
                assertThrows(IllegalArgumentException.class, () -> LeastSquares.fit(inputs, new double[] {1, 2, 3}))
                        .getMessage());
    }

    /**
     * Longley's data and certified coefficients, NIST Statistical Reference Datasets: a problem of higher difficulty with nearly
     * dependent columns.
     */
    @Test
    void longleysCoefficientsAreThoseThatNistCertifies() {
        double[][] rows = {
            {83.0, 234289, 2356, 1590, 107608, 1947, 60323},
            {88.5, 259426, 2325, 1456, 108632, 1948, 61122},
            {88.2, 258054, 3682, 1616, 109773, 1949, 60171},
            {89.5, 284599, 3351, 1650, 110929, 1950, 61187},
            {96.2, 328975, 2099, 3099, 112075, 1951, 63221},
            {98.1, 346999, 1932, 3594, 113270, 1952, 63639},
            {99.0, 365385, 1870, 3547, 115094, 1953, 64989},
            {100.0, 363112, 3578, 3350, 116219, 1954, 63761},
            {101.2, 397469, 2904, 3048, 117388, 1955, 66019},
            {104.6, 419180, 2822, 2857, 118734, 1956, 67857},
            {108.4, 442769, 2936, 2798, 120445, 1957, 68169},
            {110.8, 444546, 4681, 2637, 121950, 1958, 66513},
            {112.6, 482704, 3813, 2552, 123366, 1959, 68655},
            {114.2, 502601, 3931, 2514, 125368, 1960, 69564},
            {115.7, 518173, 4806, 2572, 127852, 1961, 69331},
            {116.9, 554894, 4007, 2827, 130081, 1962, 70551}
        };
        double[] coefficients = {
            15.0618722713733,
            -0.0358191792925910,
            -2.02022980381683,
            -1.03322686717359,
            -0.0511041056535807,
            1829.15146461355
        };
        double constant = -3482258.63459582;
        LeastSquares line = LeastSquares.fit(
                Arrays.stream(rows).map(row -> Arrays.copyOf(row, 6)).toArray(double[][]::new),
                Arrays.stream(rows).mapToDouble(row -> row[6]).toArray());
        double[][] units = new double[7][6];
        for (int i = 0; i < 6; i++) {
            units[i + 1][i] = 1;
        }
        double[] found = line.predict(units);
        assertEquals(constant, found[0], Math.abs(constant) * 1e-8);
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    coefficients[i], found[i + 1] - found[0], Math.abs(coefficients[i]) * 1e-6, "coefficient " + i);
        }
    }
}
