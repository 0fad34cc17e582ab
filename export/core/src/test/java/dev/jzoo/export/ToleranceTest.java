package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ToleranceTest {

    @Test
    void strictMeasuresEachValueByItself() {
        assertEquals(1e-5, Tolerance.strict().of(0, 50, 50), 1e-12);
        assertEquals(5e-3, Tolerance.strict().of(-50, 50, 50), 1e-12);
    }

    @Test
    void deepMeasuresByTheLargestOfTheOutput() {
        assertEquals(5e-3, Tolerance.deep().of(0, 50, 50), 1e-12);
        assertEquals(1e-5, Tolerance.deep().of(0, 0, 1), 1e-12);
    }

    @Test
    void anOutputOfSmallNumbersIsHeldToSmallerDifferences() {
        assertEquals(1e-7, Tolerance.strict().of(0, 0.01, 0.01), 1e-12);
        assertEquals(1e-9, Tolerance.strict().of(0, 0, 0), 1e-15, "rounding is allowed where all is 0");
    }

    @Test
    void toleranceOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(0, 0, Tolerance.ErrorScale.VALUE));
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(-1, 1, Tolerance.ErrorScale.VALUE));
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(Double.NaN, 1, Tolerance.ErrorScale.VALUE));
    }
}
