package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ToleranceTest {

    @Test
    void strictMeasuresEachValueByItself() {
        assertEquals(1e-5, Tolerance.strict().of(0, 50), 1e-12);
        assertEquals(5e-3, Tolerance.strict().of(-50, 50), 1e-12);
    }

    @Test
    void deepMeasuresByTheLargestOfTheOutput() {
        assertEquals(5e-3, Tolerance.deep().of(0, 50), 1e-12);
        assertEquals(1e-5, Tolerance.deep().of(0, 0), 1e-12);
    }

    @Test
    void toleranceOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(0, 0, Tolerance.ErrorScale.VALUE));
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(-1, 1, Tolerance.ErrorScale.VALUE));
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(Double.NaN, 1, Tolerance.ErrorScale.VALUE));
    }
}
