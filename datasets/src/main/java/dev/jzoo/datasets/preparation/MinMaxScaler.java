package dev.jzoo.datasets.preparation;

import java.util.Arrays;

/**
 * A linear mapping of a range of values to 0..1: scaled = (value - min) / (max - min). Values outside the range map outside 0..1.
 *
 * @param min the value that maps to 0
 * @param max the value that maps to 1, above min
 */
public record MinMaxScaler(double min, double max) {

    public MinMaxScaler {
        if (!(min < max) || !Double.isFinite(max - min)) {
            throw new IllegalArgumentException("The range of a scaler must be finite, with its minimum below its"
                    + " maximum, not " + min + " and " + max + ".");
        }
    }

    /**
     * Creates a scaler with the range of some values.
     *
     * @throws IllegalArgumentException if there are no values, all are equal, or one is infinite or NaN
     */
    public static MinMaxScaler fit(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A scaler needs 2 or more values, but there are none.");
        }
        // min() and max() return NaN if a value is NaN, and the constructor rejects it
        return new MinMaxScaler(
                Arrays.stream(values).min().getAsDouble(),
                Arrays.stream(values).max().getAsDouble());
    }

    /** Scales a value from the data's unit to 0..1. */
    public double scale(double value) {
        return (value - min) / (max - min);
    }

    /** Scales values from the data's unit to 0..1, into a new array. */
    public double[] scale(double[] values) {
        return Arrays.stream(values).map(this::scale).toArray();
    }

    /** Converts a value from 0..1 back to the data's unit. */
    public double unscale(double scaled) {
        return scaled * (max - min) + min;
    }

    /** Converts values from 0..1 back to the data's unit, into a new array. */
    public double[] unscale(double[] scaled) {
        return Arrays.stream(scaled).map(this::unscale).toArray();
    }
}
