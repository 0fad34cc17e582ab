package dev.jzoo.recipes.series;

import java.util.Arrays;

/**
 * The model's forecasts of the known values, one step ahead.
 *
 * @param onTrain forecasts of the training pairs
 * @param onTest forecasts of the test pairs
 * @param future forecasts of the values after the last known one, each fed back as history
 */
record Forecasts(SeriesParts parts, double[] onTrain, double[] onTest, double[] future) {

    /** Returns the forecasts of the test part that repeat the last value. */
    double[] persistence() {
        int before = parts.firstOfTest() - 1;
        return Arrays.copyOfRange(parts.values(), before, before + onTest.length);
    }
}
