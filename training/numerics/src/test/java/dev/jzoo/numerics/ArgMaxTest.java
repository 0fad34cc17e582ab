package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArgMaxTest {

    @Test
    void ofEqualScoresTheFirstWins() {
        assertEquals(1, ArgMax.of(new double[] {-3, 2, 2, 1}));
        assertEquals(0, ArgMax.of(new double[] {-7}));
        assertEquals(3, ArgMax.of(new double[] {-4, -3, -2, -1}));
    }

    @Test
    void aRowIsLookedAtAlone() {
        float[] rows = {9, 1, 2, 0, 5, 5, 7, 8, 9};
        assertEquals(0, ArgMax.ofRow(rows, 0, 3));
        assertEquals(1, ArgMax.ofRow(rows, 3, 3));
        assertEquals(2, ArgMax.ofRow(rows, 6, 3));
    }
}
