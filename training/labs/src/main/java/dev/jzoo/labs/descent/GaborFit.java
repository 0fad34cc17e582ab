package dev.jzoo.labs.descent;

import dev.jzoo.report.ContourChart;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A Gabor model with an offset and a frequency, and 30 points to fit it to. Its loss has several minima, so it shows whether an
 * optimiser escapes from a poor one. Model and points are those of S. J. D. Prince, "Understanding Deep Learning" (2023), chapter 6
 * and its notebooks.
 *
 * <pre>
 * f(x) = sin(u) exp(-u² / 32),   u = offset + 0.06 frequency x
 * </pre>
 */
public final class GaborFit {

    private static final double[] X = {
        -1.920, -14.22, 1.490, -1.940, -2.389, -5.090, -8.861, 3.578, -6.010, -6.995, 3.634, 0.8743, -10.96, 0.4073,
        -9.467, 8.560, 10.62, -0.1729, 10.40, -12.61, 0.1574, -13.04, -2.156, -12.10, -11.19, 2.902, -8.220, -11.79,
        -8.391, -4.505
    };

    private static final double[] Y = {
        -1.051, -0.02482, 0.8896, -0.4943, -0.9371, 0.4306, 0.009577, -0.07944, 0.1624, -0.2682, -0.3129, 0.8303,
        -0.02365, 0.5098, -0.2777, 0.3367, 0.1927, -0.2222, 0.06352, 0.006888, 0.03224, 0.01091, -0.5706, -0.05258,
        -0.03666, 0.1709, -0.04805, 0.2008, -0.1904, 0.5952
    };

    private GaborFit() {}

    /** Returns the number of points. */
    public static int size() {
        return X.length;
    }

    /** Returns the places x of the points. */
    public static double[] inputs() {
        return X.clone();
    }

    /** Returns the values y of the points. */
    public static double[] targets() {
        return Y.clone();
    }

    /** Returns the value of the model at a place. */
    public static double model(double offset, double frequency, double x) {
        double u = offset + 0.06 * frequency * x;
        return Math.sin(u) * Math.exp(-u * u / 32);
    }

    /** Returns the sum of the squared errors of all points. */
    public static double loss(double offset, double frequency) {
        double sum = 0;
        for (int i = 0; i < X.length; i++) {
            double error = model(offset, frequency, X[i]) - Y[i];
            sum += error * error;
        }
        return sum;
    }

    /** Returns the derivatives with respect to offset and frequency of the squared errors of some points. */
    public static double[] gradient(double offset, double frequency, int... points) {
        double[] gradient = new double[2];
        for (int i : points) {
            double u = offset + 0.06 * frequency * X[i];
            double bell = Math.exp(-u * u / 32);
            double slope = (Math.cos(u) - Math.sin(u) * u / 16) * bell; // df/du
            double change = 2 * (Math.sin(u) * bell - Y[i]) * slope;
            gradient[0] += change;
            gradient[1] += change * 0.06 * X[i];
        }
        return gradient;
    }

    /** Returns the indices of all points. */
    public static int[] all() {
        return IntStream.range(0, X.length).toArray();
    }

    /** Returns the indices of some different points, drawn at random. */
    public static int[] batch(Random random, int count) {
        int[] indices = all();
        for (int i = 0; i < count; i++) { // the first draws of a shuffle by Fisher and Yates
            int j = i + random.nextInt(indices.length - i);
            int drawn = indices[j];
            indices[j] = indices[i];
            indices[i] = drawn;
        }
        return Arrays.copyOf(indices, count);
    }

    /** Returns a chart of the loss, to which paths can be added. */
    public static ContourChart chart() {
        return ContourChart.of("offset", "frequency").x(-10, 14).y(2.5, 22.5).surface("loss", GaborFit::loss);
    }
}
