package dev.jzoo.recipes;

import dev.jzoo.datasets.preparation.LookBack;
import dev.jzoo.numerics.LeastSquares;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Forecasts that do not need a network: the baselines that a model has to beat. */
public final class Baselines {

    /** Forecast that repeats the last value. */
    public static final String PERSISTENCE = "persistence";

    /** Forecast that repeats the value one window ago. */
    public static final String SEASONAL = "seasonal";

    private Baselines() {}

    /**
     * Returns the name of the linear function of all values of a window, fitted by least squares to the training pairs:
     * "ar12".
     */
    static String linear(int lookBack) {
        return "ar" + lookBack;
    }

    /**
     * Returns the RMSE of each baseline on the training and test pairs, in the unit of the series:
     * "persistence.test.rmse".
     */
    public static SortedMap<String, Double> of(LookBack train, LookBack test) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        put(metrics, PERSISTENCE, train, test, pairs -> column(pairs, pairs.lookBack() - 1));
        if (train.lookBack() > 1) {
            put(metrics, SEASONAL, train, test, pairs -> column(pairs, 0));
        }
        LeastSquares line = LeastSquares.fit(windows(train), train.targets());
        put(metrics, linear(train.lookBack()), train, test, pairs -> line.predict(windows(pairs)));
        return metrics;
    }

    private static void put(
            SortedMap<String, Double> metrics,
            String name,
            LookBack train,
            LookBack test,
            Function<LookBack, double[]> forecast) {
        metrics.put(name + ".train.rmse", rmse(forecast.apply(train), train.targets()));
        metrics.put(name + ".test.rmse", rmse(forecast.apply(test), test.targets()));
    }

    /** Returns the root of the mean squared error. */
    public static double rmse(double[] predicted, double[] actual) {
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
        }
        return Math.sqrt(sum / actual.length);
    }

    /** Returns the share of the variance that predictions explain: 1 is perfect, 0 is as good as the mean. */
    public static double r2(double[] predicted, double[] actual) {
        double mean = 0;
        for (double value : actual) {
            mean += value / actual.length;
        }
        double errors = 0;
        double variance = 0;
        for (int i = 0; i < actual.length; i++) {
            errors += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
            variance += (actual[i] - mean) * (actual[i] - mean);
        }
        return 1 - errors / variance;
    }

    private static double[] column(LookBack pairs, int place) {
        double[] values = new double[pairs.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = pairs.input(i)[place];
        }
        return values;
    }

    private static double[][] windows(LookBack pairs) {
        double[][] windows = new double[pairs.size()][];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = pairs.input(i);
        }
        return windows;
    }
}
