package dev.jzoo.labs.sequences;

import dev.jzoo.scratch.Array;
import java.util.Arrays;

/** The values before each value of a series, from which a model forecasts it. */
public final class LagWindows {

    private LagWindows() {}

    /** Returns the p values before each of the values from (included) to (excluded), oldest first. */
    public static double[][] of(double[] series, int p, int from, int to) {
        double[][] windows = new double[to - from][];
        for (int t = from; t < to; t++) {
            windows[t - from] = Arrays.copyOfRange(series, t - p, t);
        }
        return windows;
    }

    /** Returns windows as sequences of one feature, [windows, p, 1]. */
    public static Array sequences(double[]... windows) {
        return Array.rows(windows).reshape(windows.length, windows[0].length, 1);
    }

    /** Returns the root of the mean squared error of forecasts for the values from a place on. */
    public static double rmse(double[] forecasts, double[] series, int from) {
        double sum = 0;
        for (int i = 0; i < forecasts.length; i++) {
            sum += (forecasts[i] - series[from + i]) * (forecasts[i] - series[from + i]);
        }
        return Math.sqrt(sum / forecasts.length);
    }
}
