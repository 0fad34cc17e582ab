package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LbfgsTest {

    private int calls;

    /** Arithmetic is repeatable, so the number of calls is too. A direction that ignores part of the curvature needs more. */
    @Test
    void theMinimumOfAQuadraticIsFoundToManyDigits() {
        double[] scales = {1, 10, 1e3, 1e5};
        Lbfgs.SmoothFunction bowl = (x, gradient) -> {
            calls++;
            double value = 0;
            for (int i = 0; i < x.length; i++) {
                double off = x[i] - i;
                gradient[i] = scales[i] * off;
                value += scales[i] * off * off / 2;
            }
            return value;
        };
        assertArrayEquals(
                new double[] {0, 1, 2, 3}, Lbfgs.minimum(bowl, new double[] {5, -5, 50, -7}, 1e-9, 1000), 1e-8);
        assertEquals(61, calls);
    }

    /** Rosenbrock's valley, from the starting point of Moré, Garbow and Hillstrom (1981): the minimum is at (1, 1). */
    @Test
    void theEndOfRosenbrocksValleyIsReached() {
        Lbfgs.SmoothFunction valley = (x, gradient) -> {
            calls++;
            double across = x[1] - x[0] * x[0];
            gradient[0] = -400 * x[0] * across - 2 * (1 - x[0]);
            gradient[1] = 200 * across;
            return 100 * across * across + (1 - x[0]) * (1 - x[0]);
        };
        assertArrayEquals(new double[] {1, 1}, Lbfgs.minimum(valley, new double[] {-1.2, 1}, 1e-10, 1000), 1e-9);
        assertEquals(45, calls, "SciPy's L-BFGS-B takes 47");
    }

    @Test
    void noMoreStepsAreTakenThanAllowed() {
        double[] start = {3, 4};
        Lbfgs.SmoothFunction bowl = (x, gradient) -> {
            gradient[0] = 2 * x[0];
            gradient[1] = 2 * x[1];
            return x[0] * x[0] + x[1] * x[1];
        };
        assertArrayEquals(start, Lbfgs.minimum(bowl, start, 1e-9, 0));
        // the first step is one unit long: from (3, 4) towards the origin
        assertArrayEquals(new double[] {2.4, 3.2}, Lbfgs.minimum(bowl, start, 1e-9, 1), 1e-12);
        assertEquals(3, start[0], "the starting point is left alone");
    }
}
