package dev.jzoo.recipes.series;

import java.util.Arrays;

/**
 * What the model says of the values that are known, one step ahead.
 *
 * @param onTrain forecasts of the training pairs
 * @param onTest forecasts of the test pairs
 * @param future what it says of the values behind the last one that is known, each forecast fed back
 */
record Forecasts(SeriesParts parts, double[] onTrain, double[] onTest, double[] future) {

    /** The test part with last value = next value. */
    double[] persistence() {
        int before = parts.firstOfTest() - 1;
        return Arrays.copyOfRange(parts.values(), before, before + onTest.length);
    }
}
