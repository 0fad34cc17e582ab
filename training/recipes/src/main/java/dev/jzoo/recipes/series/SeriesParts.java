package dev.jzoo.recipes.series;

import dev.jzoo.datasets.preparation.LookBack;
import java.util.Arrays;

/**
 * A series in two parts, each cut into windows and the values after them.
 *
 * @param values the whole series, oldest first
 * @param split index of the first value after the training values
 * @param train pairs to train on
 * @param test pairs to measure on
 * @param firstOfTest index of the first target of the test pairs
 */
public record SeriesParts(double[] values, int split, LookBack train, LookBack test, int firstOfTest) {

    /** Splits a series as courses do: each window is within one part, and the last window of each part is left out. */
    public static SeriesParts apart(double[] values, int split, int lookBack) {
        return new SeriesParts(
                values,
                split,
                LookBack.windows(Arrays.copyOf(values, split), lookBack),
                LookBack.windows(Arrays.copyOfRange(values, split, values.length), lookBack),
                split + lookBack);
    }

    /**
     * Splits a series so that all values from the split on are test targets; their windows reach back before the split.
     */
    public static SeriesParts overlapping(double[] values, int split, int lookBack) {
        return new SeriesParts(
                values,
                split,
                LookBack.everyWindow(Arrays.copyOf(values, split), lookBack),
                LookBack.everyWindow(Arrays.copyOfRange(values, split - lookBack, values.length), lookBack),
                split);
    }

    int lookBack() {
        return train.lookBack();
    }

    /** Returns three windows: at the beginning, in the middle and at the end. */
    double[][] samples() {
        int last = values.length - lookBack();
        return new double[][] {
            Arrays.copyOf(values, lookBack()),
            Arrays.copyOfRange(values, (last + 1) / 2, (last + 1) / 2 + lookBack()),
            Arrays.copyOfRange(values, last, values.length)
        };
    }
}
