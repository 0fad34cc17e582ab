package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VectorsTest {

    @Test
    void productsAreSummedFromTheFirstToTheLast() {
        assertEquals(32, Vectors.dot(new double[] {1, 2, 3}, new double[] {4, 5, 6}));
        // 1e16 + 1 is 1e16 in double precision: only this order loses the 1
        assertEquals(0, Vectors.dot(new double[] {1e16, 1, -1e16}, new double[] {1, 1, 1}));
    }

    @Test
    void aMultipleIsAddedToTheTarget() {
        double[] target = {1, 2, 3};
        Vectors.addScaled(-2, new double[] {0.5, 1, 10}, target);
        assertArrayEquals(new double[] {0, 0, -17}, target);
    }
}
