package dev.jzoo.datasets.preparation;

import java.util.Arrays;

/**
 * Maps a range of values to 0..1: scaled = (value - min) / (max - min). Values beyond the range go beyond 0..1.
 *
 * @param min the value that becomes 0
 * @param max the value that becomes 1, above min
 */
public record MinMaxScaler(double min, double max) {

    public MinMaxScaler {
        if (!(min < max) || !Double.isFinite(max - min)) {
            throw new IllegalArgumentException("A range to scale needs a minimum below its maximum, both finite; got "
                    + min + " and " + max + ".");
        }
    }

    /**
     * The scaler whose range is that of these values.
     *
     * @throws IllegalArgumentException if the values are empty, all equal, or one is infinite or not a number
     */
    public static MinMaxScaler fit(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A scaler is fitted to 2 or more values; there is none.");
        }
        // min() and max() give NaN if any value is, and the constructor refuses it
        return new MinMaxScaler(
                Arrays.stream(values).min().getAsDouble(),
                Arrays.stream(values).max().getAsDouble());
    }

    /** From the data's unit to 0..1. */
    public double scale(double value) {
        return (value - min) / (max - min);
    }

    /** From the data's unit to 0..1, as a new array. */
    public double[] scale(double[] values) {
        return Arrays.stream(values).map(this::scale).toArray();
    }

    /** From 0..1 back to the data's unit. */
    public double unscale(double scaled) {
        return scaled * (max - min) + min;
    }

    /** From 0..1 back to the data's unit, as a new array. */
    public double[] unscale(double[] scaled) {
        return Arrays.stream(scaled).map(this::unscale).toArray();
    }
}
