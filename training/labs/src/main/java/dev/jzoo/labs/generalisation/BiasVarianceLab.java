package dev.jzoo.labs.generalisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bias and variance of models of rising capacity, measured over many training sets. */
public final class BiasVarianceLab implements Lab {

    private static final int EXAMPLES = 15;
    private static final int PLACES = 101;
    private static final double NOISE = 0.3;

    /** Returns the value of the function to learn, $exp(sin(2 pi x))$. */
    private static double truth(double x) {
        return Math.exp(Math.sin(2 * Math.PI * x));
    }

    /** Returns the inputs of the last layer: a constant, and hidden units that bend at equally spaced places. */
    private static double[] features(double x, int units) {
        double[] h = new double[units + 1];
        h[0] = 1;
        for (int k = 0; k < units; k++) {
            h[k + 1] = Math.max(0, x - (double) k / units); // $h_k = max(0, x - k/K)$
        }
        return h;
    }

    /** Returns the best weights of the last layer, from the normal equations with a tiny ridge. */
    private static double[] fit(double[] x, double[] y, int units) {
        int n = units + 1;
        double[][] a = new double[n][n + 1]; // $(H^T H + epsilon I) w = H^T y$
        for (int i = 0; i < x.length; i++) {
            double[] h = features(x[i], units);
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    a[r][c] += h[r] * h[c];
                }
                a[r][n] += h[r] * y[i];
            }
        }
        for (int r = 0; r < n; r++) {
            a[r][r] += 1e-5;
        }
        for (int p = 0; p < n; p++) { // Gauss and Jordan; the matrix is positive definite
            for (int r = 0; r < n; r++) {
                double factor = r == p ? 0 : a[r][p] / a[p][p];
                for (int c = p; c <= n; c++) {
                    a[r][c] -= factor * a[p][c];
                }
            }
        }
        double[] w = new double[n];
        for (int r = 0; r < n; r++) {
            w[r] = a[r][n] / a[r][r];
        }
        return w;
    }

    private static double predict(double[] w, double x) {
        double[] h = features(x, w.length - 1);
        double sum = 0;
        for (int k = 0; k < h.length; k++) {
            sum += w[k] * h[k];
        }
        return sum;
    }

    /** Returns the predictions of models at equally spaced places, each trained on its own random examples. */
    private static double[][] predictions(int units, int sets, Random random) {
        double[][] predictions = new double[sets][PLACES];
        for (double[] prediction : predictions) {
            double[] x = new double[EXAMPLES];
            double[] y = new double[EXAMPLES];
            for (int i = 0; i < EXAMPLES; i++) {
                x[i] = (i + random.nextDouble()) / EXAMPLES; // one example in each of 15 equal intervals
                y[i] = truth(x[i]) + NOISE * random.nextGaussian();
            }
            double[] w = fit(x, y, units);
            for (int p = 0; p < PLACES; p++) {
                prediction[p] = predict(w, p / (PLACES - 1.0));
            }
        }
        return predictions;
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "bias-variance",
                "Bias and variance",
                "Why is neither the simplest nor the most flexible model the best?",
                Chapter.GENERALISATION);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Train the same model on many training sets, each with its own noise. Two things can go wrong. The *mean* of the models
                may miss the truth: that is the **bias**. And single models may scatter around their mean: that is the **variance**.
                For the squared error they add up, together with the noise that nobody can predict:

                $$E[(y - f(x))^2] = (bar(f)(x) - mu(x))^2 + E[(f(x) - bar(f)(x))^2] + sigma^2$$

                The model is a network with $K$ hidden units at fixed places. Only its last layer learns, so the best weights have a
                closed form.
                """);
        int sets = page.pick(100, 300, 2_000);
        int capacities = 12;
        double[] capacity = new double[capacities];
        double[] bias = new double[capacities];
        double[] variance = new double[capacities];
        double[] total = new double[capacities];
        double[] x = new double[PLACES];
        double[] mu = new double[PLACES];
        for (int p = 0; p < PLACES; p++) {
            x[p] = p / (PLACES - 1.0);
            mu[p] = truth(x[p]);
        }
        double[] measured = new double[capacities];
        Random random = page.random();
        List<Frame> frames = new ArrayList<>();
        for (int k = 1; k <= capacities; k++) {
            double[][] f = predictions(k, sets, random);
            double[] mean = new double[PLACES];
            for (double[] one : f) {
                for (int p = 0; p < PLACES; p++) {
                    mean[p] += one[p] / sets;
                }
            }
            for (int p = 0; p < PLACES; p++) {
                bias[k - 1] += (mean[p] - mu[p]) * (mean[p] - mu[p]) / PLACES;
                for (double[] one : f) {
                    variance[k - 1] += (one[p] - mean[p]) * (one[p] - mean[p]) / PLACES / sets;
                    double error = mu[p] + NOISE * random.nextGaussian() - one[p]; // against fresh, noisy examples
                    measured[k - 1] += error * error / PLACES / sets;
                }
            }
            capacity[k - 1] = k;
            total[k - 1] = bias[k - 1] + variance[k - 1];
            LineChart fits = LineChart.of("100 x", "y").line("truth", mu).line("mean of all models", mean);
            for (int i = 0; i < 5; i++) {
                fits.faint(Role.TRAIN, "model " + (i + 1), f[i]);
            }
            frames.add(
                    new Frame(String.valueOf(k), fits.figure("The truth, the mean of the models, and five of them.")));
        }
        page.figure(Frames.of("hidden units", frames).choose(3));

        page.text("""
                Few units cannot follow the function: high bias. Many units follow the noise: high variance. The sum is least in
                between.
                """);
        page.figure(LineChart.of("hidden units", "squared error")
                .line("bias", capacity, bias)
                .line("variance", capacity, variance)
                .line("bias + variance", capacity, total)
                .figure("Bias falls with capacity, variance rises, and their sum has a minimum."));
        int best = 0;
        for (int k = 0; k < capacities; k++) {
            best = total[k] < total[best] ? k : best;
        }
        page.claim("The sum of bias and variance is least in the middle (hidden units).")
                .between(best + 1, 3, 7);
        page.published("The course finds the minimum near 4 hidden units.").near(best + 1, 4, 1);
        page.claim("The most flexible model has several times the variance of the simplest (ratio).")
                .atLeast(variance[capacities - 1] / variance[0], 3);
        if (page.size() != LabSize.SMALLEST) {
            double gap = 0;
            for (int k = 0; k < capacities; k++) {
                gap = Math.max(gap, Math.abs(measured[k] / (total[k] + NOISE * NOISE) - 1));
            }
            page.claim("The error on fresh examples is bias + variance + noise (largest relative difference).")
                    .atMost(gap, 0.05);
        }
    }
}
