package dev.jzoo.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GlorotTest {

    @Test
    void uniformWeightsFillTheirRangeAndStayInIt() {
        float[] weights = Glorot.uniform(10_000, 20, 10, new Random(1));
        double limit = Math.sqrt(0.2);
        double largest = 0;
        double squares = 0;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
            squares += weight * weight;
        }
        assertTrue(largest <= limit && largest > 0.99 * limit, "largest " + largest);
        assertEquals(limit * limit / 3, squares / weights.length, 0.003);
    }

    @Test
    void orthogonalRowsHaveUnitLengthAndStandAtRightAngles() {
        float[][] rows = Glorot.orthogonal(4, 16, new Random(1));
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                double dot = 0;
                for (int c = 0; c < 16; c++) {
                    dot += rows[a][c] * rows[b][c];
                }
                assertEquals(a == b ? 1 : 0, dot, 1e-6);
            }
        }
    }
}
