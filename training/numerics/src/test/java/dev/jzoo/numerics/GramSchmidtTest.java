package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class GramSchmidtTest {

    /** The rows come from numpy.linalg.qr of the transpose, NumPy 2.4, with the signs of the original rows. */
    @Test
    void theRowsAreThoseOfNumPysFactorisation() {
        double[][] rows = {{3, 1, 0, 2}, {1, 2, -1, 0}, {0, 1, 4, 1}};
        GramSchmidt.orthonormalise(rows);
        double[][] expected = {
            {0.8017837257372733, 0.26726124191242445, 0, 0.5345224838248489},
            {-0.03479445003196103, 0.8002723507351042, -0.48712230044745464, -0.34794450031961055},
            {-0.17872093330020403, 0.5100085169786308, 0.8412961006570578, 0.013077141460990515}
        };
        for (int row = 0; row < 3; row++) {
            assertArrayEquals(expected[row], rows[row], 1e-15);
        }
    }
}
