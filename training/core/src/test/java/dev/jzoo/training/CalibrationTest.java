package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void theExpectedErrorIsTheGapOfEachBinWeightedByItsExamples() {
        float[] confidences = {0.9375f, 0.9375f, 0.875f, 0.53125f};
        boolean[] right = {true, false, true, false};
        Calibration calibration = Calibration.of(confidences, right, 10);
        assertEquals(new Calibration.Bin(2, 0.9375, 0.5), calibration.bins().get(9));
        assertEquals(new Calibration.Bin(1, 0.875, 1), calibration.bins().get(8));
        assertEquals(new Calibration.Bin(1, 0.53125, 0), calibration.bins().get(5));
        assertEquals(new Calibration.Bin(0, 0, 0), calibration.bins().get(0));
        assertEquals(4, calibration.examples());
        // 2/4 |0.5 - 0.9375| + 1/4 |1 - 0.875| + 1/4 |0 - 0.53125|
        assertEquals(0.21875 + 0.03125 + 0.1328125, calibration.expectedError(), 1e-12);
    }

    @Test
    void aConfidenceOnABorderBelongsToTheBinBelow() {
        Calibration calibration = Calibration.of(new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1.000001f}, new boolean[6], 4);
        assertEquals(
                List.of(2L, 1L, 1L, 2L),
                calibration.bins().stream().map(Calibration.Bin::examples).toList());
        assertEquals(1, calibration.bins().get(3).confidence(), "rounding above 1 is cut");
    }

    @Test
    void whoIsRightAsOftenAsHeIsSureHasNoError() {
        float[] confidences = new float[100];
        boolean[] right = new boolean[100];
        for (int i = 0; i < 100; i++) {
            confidences[i] = 0.75f;
            right[i] = i % 4 != 0;
        }
        assertEquals(0, Calibration.of(confidences, right, 15).expectedError(), 1e-12);
    }

    /** The definition read literally: for each bin, all examples are looked through. */
    @Test
    void randomConfidencesAgreeWithTheDefinition() {
        Random random = new Random(7);
        float[] confidences = new float[500];
        boolean[] right = new boolean[500];
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = random.nextFloat();
            right[i] = random.nextFloat() < confidences[i] * confidences[i];
        }
        double expected = 0;
        for (int m = 1; m <= 15; m++) {
            double sure = 0;
            double hits = 0;
            for (int i = 0; i < confidences.length; i++) {
                if (confidences[i] > (m - 1) / 15.0 && confidences[i] <= m / 15.0) {
                    sure += confidences[i];
                    hits += right[i] ? 1 : 0;
                }
            }
            expected += Math.abs(hits - sure) / confidences.length;
        }
        assertTrue(expected > 0.05, "seed 7 gave " + expected);
        assertEquals(expected, Calibration.of(confidences, right, 15).expectedError(), 1e-12);
    }

    @Test
    void whatIsNoProbabilityIsRefusedNamingItsPlace() {
        for (float value : new float[] {Float.NaN, -0.1f, 1.01f}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> Calibration.of(new float[] {0.5f, value}, new boolean[2], 10));
            assertTrue(refused.getMessage().contains("index 1 is " + value), refused.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> Calibration.of(new float[2], new boolean[1], 10));
        assertThrows(IllegalArgumentException.class, () -> Calibration.of(new float[2], new boolean[2], 0));
    }
}
