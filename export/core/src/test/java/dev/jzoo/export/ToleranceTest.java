package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Tensor;
import java.util.Arrays;
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

    /**
     * The single value of a regressor may be near 0 by chance: it is the difference of larger numbers and carries their
     * rounding.
     */
    @Test
    void aFewSmallValuesDoNotTellTheSizeOfAnOutput() {
        assertTrue(agrees(1, 1.4621764e-4f, 1.4623627e-4f));
        assertTrue(agrees(15, 1.4621764e-4f, 1.4623627e-4f));
        assertFalse(agrees(16, 1.4621764e-4f, 1.4623627e-4f));
        assertFalse(agrees(1, 1e-4f, 2e-4f));
    }

    private static boolean agrees(int count, float expected, float actual) {
        float[] one = new float[count];
        float[] other = new float[count];
        Arrays.fill(one, expected);
        Arrays.fill(other, actual);
        return Difference.of(
                                Tensor.of(one, count),
                                Tensor.of(other, count),
                                Tolerance.strict(),
                                Difference.Sides.FRAMEWORK)
                        .excess()
                <= 1;
    }

    @Test
    void toleranceOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(0, 0, Tolerance.ErrorScale.VALUE));
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(-1, 1, Tolerance.ErrorScale.VALUE));
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(Double.NaN, 1, Tolerance.ErrorScale.VALUE));
    }
}
