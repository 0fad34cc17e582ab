package dev.jzoo.training.recipes;

import dev.jzoo.datasets.LookBack;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Forecasts that need no network: what a model has to beat.
 *
 * @param metrics RMSE of each on the training and the test pairs, in the unit of the series
 */
record Baselines(SortedMap<String, Double> metrics) {

    /** Persistence (next value = last value) and AR(1) (a line through the training pairs by least squares). */
    static Baselines of(LookBack train, LookBack test) {
        double[] line = line(last(train), train.targets());
        return new Baselines(new TreeMap<>(Map.of(
                "persistence.train.rmse", rmse(last(train), train.targets()),
                "persistence.test.rmse", rmse(last(test), test.targets()),
                "ar1.train.rmse", rmse(apply(line, last(train)), train.targets()),
                "ar1.test.rmse", rmse(apply(line, last(test)), test.targets()))));
    }

    /** Root of the mean squared error. */
    static double rmse(double[] predicted, double[] actual) {
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
        }
        return Math.sqrt(sum / actual.length);
    }

    private static double[] last(LookBack pairs) {
        double[] last = new double[pairs.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = pairs.input(i)[pairs.lookBack() - 1];
        }
        return last;
    }

    /** Intercept and slope of y = a + b x by least squares. */
    private static double[] line(double[] x, double[] y) {
        double n = x.length;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < x.length; i++) {
            sumX += x[i];
            sumY += y[i];
            sumXx += x[i] * x[i];
            sumXy += x[i] * y[i];
        }
        double slope = (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
        return new double[] {(sumY - slope * sumX) / n, slope};
    }

    private static double[] apply(double[] line, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = line[0] + line[1] * x[i];
        }
        return y;
    }
}
