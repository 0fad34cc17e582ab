package dev.jzoo.finetune.head;

import dev.jzoo.onnx.Half;
import java.util.Arrays;

/**
 * Mean and standard deviation of each feature, so that one weight decay suits all features. A feature that is constant
 * except for rounding is left out: its deviation is infinite, so its standardised value and its weight in a {@link
 * Head} are 0.
 */
final class Scaling {

    /**
     * Share of a feature's size below which a deviation cannot be distinguished from rounding. A head reads features in
     * 24 bits, not standardised: at this share, the rounding error of size times weight is a thousandth of the
     * feature's contribution.
     */
    private static final double ROUNDING = 1e-4;

    /** The same for features with only the 11 bits of a half: the last bit is about this share. */
    private static final double ROUNDING_OF_HALVES = 1e-3;

    private final double[] mean;
    private final double[] deviation;

    private Scaling(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Returns the scaling of a table with at least one row. */
    static Scaling of(Features features) {
        int d = features.dimension();
        float[] row = new float[d];
        double[] mean = new double[d];
        double[] squares = new double[d];
        boolean halves = true;
        for (int i = 0; i < features.rows(); i++) {
            features.read(i, row);
            for (int k = 0; k < d; k++) {
                double off = row[k] - mean[k];
                mean[k] += off / (i + 1);
                squares[k] += off * (row[k] - mean[k]); // Welford: avoids large sums that cancel
                halves &= Half.toFloat(Half.of(row[k])) == row[k];
            }
        }
        double[] deviation = new double[d];
        for (int k = 0; k < d; k++) {
            double value = Math.sqrt(squares[k] / features.rows());
            double rounding = (halves ? ROUNDING_OF_HALVES : ROUNDING) * Math.abs(mean[k]);
            deviation[k] = value > rounding ? value : Double.POSITIVE_INFINITY;
        }
        return new Scaling(mean, deviation);
    }

    /** Returns the number of features. */
    int dimension() {
        return mean.length;
    }

    /** Returns the number of features that are left out. */
    int constant() {
        return (int) Arrays.stream(deviation).filter(Double::isInfinite).count();
    }

    /** Standardises a row of features. */
    void apply(float[] row, double[] target) {
        for (int k = 0; k < mean.length; k++) {
            target[k] = (row[k] - mean[k]) / deviation[k];
        }
    }

    /** Converts a head for standardised features to one for features that are not: W / s, and b - W m / s. */
    Head folded(double[][] weights, double[] bias) {
        float[][] plain = new float[weights.length][mean.length];
        float[] offset = new float[weights.length];
        for (int c = 0; c < weights.length; c++) {
            double sum = bias[c];
            for (int k = 0; k < mean.length; k++) {
                double weight = weights[c][k] / deviation[k];
                plain[c][k] = (float) weight;
                sum -= weight * mean[k];
            }
            offset[c] = (float) sum;
        }
        return new Head(plain, offset);
    }
}
