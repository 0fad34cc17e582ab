package dev.jzoo.datasets.preparation;

import java.util.Arrays;
import java.util.Objects;

/**
 * A series cut into pairs of a window and the value after it. Pair i has the values i to i + lookBack - 1 as input and the value
 * i + lookBack as target. Immutable; arrays are copied in and out.
 */
public final class LookBack {

    private final double[] values;
    private final int lookBack;
    private final int size;

    private LookBack(double[] values, int lookBack, int size) {
        this.values = values;
        this.lookBack = lookBack;
        this.size = size;
    }

    /**
     * Cuts n - lookBack - 1 pairs from n values. One more pair would fit. The usual course construction leaves it out, and so
     * does this method, so that errors can be compared: 94 and 46 pairs from 96 and 48 months with a look-back of 1.
     *
     * @param values oldest first, at least lookBack + 2
     * @param lookBack values in a window, at least 1
     */
    public static LookBack windows(double[] values, int lookBack) {
        if (lookBack < 1 || values.length - 2 < lookBack) {
            throw new IllegalArgumentException("The look-back must be 1 or more and at least 2 less than the number"
                    + " of values, not " + lookBack + " for a series of " + values.length + ".");
        }
        return new LookBack(values.clone(), lookBack, values.length - lookBack - 1);
    }

    /**
     * Cuts all n - lookBack pairs from n values: each value after the first window is a target.
     *
     * @param values oldest first, at least lookBack + 1
     * @param lookBack values in a window, at least 1
     */
    public static LookBack everyWindow(double[] values, int lookBack) {
        if (lookBack < 1 || values.length - 1 < lookBack) {
            throw new IllegalArgumentException("The look-back must be 1 or more and less than the number of values,"
                    + " not " + lookBack
                    + " for a series of " + values.length + ".");
        }
        return new LookBack(values.clone(), lookBack, values.length - lookBack);
    }

    /** Returns the number of pairs, at least 1. */
    public int size() {
        return size;
    }

    /** Returns the number of values in a window. */
    public int lookBack() {
        return lookBack;
    }

    /** Returns the window of a pair, oldest first, [lookBack]. */
    public double[] input(int pair) {
        Objects.checkIndex(pair, size());
        return Arrays.copyOfRange(values, pair, pair + lookBack);
    }

    /** Returns the value after the window of a pair. */
    public double target(int pair) {
        return values[Objects.checkIndex(pair, size()) + lookBack];
    }

    /** Returns all windows, row-major [pair, lookBack]. */
    public double[] inputs() {
        double[] inputs = new double[size() * lookBack];
        for (int pair = 0; pair < size(); pair++) {
            System.arraycopy(values, pair, inputs, pair * lookBack, lookBack);
        }
        return inputs;
    }

    /** Returns all targets, [pair]. */
    public double[] targets() {
        return Arrays.copyOfRange(values, lookBack, lookBack + size());
    }
}
