package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CholeskyTest {

    /** The factor and the solution come from scipy.linalg.cholesky and scipy.linalg.solve, SciPy 1.17. */
    @Test
    void factorAndSolutionAreThoseOfSciPy() {
        double[][] a = {{4}, {2, 10}, {-2, 2, 6}, {1, 0, 3, 9}};
        double[] b = {1, -2, 3, 0.5};
        Cholesky.inPlace(a).solve(b);
        double[][] lower = {{2}, {1, 3}, {-1, 1, 2}, {0.5, -0.16666666666666666, 1.8333333333333333, 2.3154073315749675}
        };
        for (int row = 0; row < 4; row++) {
            assertArrayEquals(lower[row], a[row], 1e-15);
        }
        assertArrayEquals(
                new double[] {1.7512953367875643, -0.898963730569948, 1.743523316062176, -0.7202072538860103},
                b,
                1e-14);
    }

    @Test
    void theSolutionTimesTheMatrixIsTheRightSide() {
        int n = 30;
        Random random = new Random(4);
        double[][] g = new double[n][];
        Arrays.setAll(g, i -> random.doubles(n, -1, 1).toArray());
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    a[i][j] += g[i][k] * g[j][k];
                }
                a[i][j] += i == j ? 1 : 0;
            }
        }
        double[] b = random.doubles(n, -1, 1).toArray();
        double[][] copy = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
        double[] x = b.clone();
        Cholesky.inPlace(copy).solve(x);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += a[i][j] * x[j];
            }
            assertEquals(b[i], sum, 1e-11);
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteGivesNoFiniteSolution() {
        double[] b = {1, 1};
        Cholesky.inPlace(new double[][] {{1}, {2, 1}}).solve(b);
        assertTrue(Arrays.stream(b).noneMatch(Double::isFinite), Arrays.toString(b));
    }
}
