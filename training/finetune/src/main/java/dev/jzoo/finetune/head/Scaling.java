package dev.jzoo.finetune.head;

/**
 * Mean and standard deviation of each feature, so that one weight decay suits them all. A feature that never changes has
 * deviation 1: standardised it is 0, whatever its weight.
 */
final class Scaling {

    /** Below this share of a feature's size, a deviation is rounding. */
    private static final double ROUNDING = 1e-6;

    private final double[] mean;
    private final double[] deviation;

    private Scaling(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** The scaling of a table with at least one row. */
    static Scaling of(Features features) {
        int d = features.dimension();
        float[] row = new float[d];
        double[] mean = new double[d];
        double[] squares = new double[d];
        for (int i = 0; i < features.rows(); i++) {
            features.read(i, row);
            for (int k = 0; k < d; k++) {
                double off = row[k] - mean[k];
                mean[k] += off / (i + 1);
                squares[k] += off * (row[k] - mean[k]); // Welford: no large sums that cancel
            }
        }
        double[] deviation = new double[d];
        for (int k = 0; k < d; k++) {
            double value = Math.sqrt(squares[k] / features.rows());
            deviation[k] = value > ROUNDING * Math.abs(mean[k]) ? value : 1;
        }
        return new Scaling(mean, deviation);
    }

    /** Number of features. */
    int dimension() {
        return mean.length;
    }

    /** Standardises a row of features. */
    void apply(float[] row, double[] target) {
        for (int k = 0; k < mean.length; k++) {
            target[k] = (row[k] - mean[k]) / deviation[k];
        }
    }

    /** A head for features as they are, from one for standardised features: W / s, and b - W m / s. */
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
