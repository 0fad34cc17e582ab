package dev.jzoo.finetune.head;

import dev.jzoo.numerics.Cholesky;
import dev.jzoo.numerics.Vectors;
import java.util.stream.IntStream;

/**
 * Linear discriminant analysis of standardised features with a shrunk covariance (Friedman, Regularized Discriminant
 * Analysis, 1989, with lambda = 1). Each class is modelled as a normal distribution around its mean. All classes have
 * the covariance (1 - a) S + a t I: S is the covariance of the rows around the mean of their class, and t its mean
 * variance. All classes count equally, whatever their number of rows. It models the features, whereas softmax
 * regression models the border, and the two make different mistakes.
 *
 * <p>With n rows of d features the covariance is never formed: by Woodbury's identity, an n by n matrix is enough.
 */
final class ShrunkDiscriminant {

    /** Share of the identity matrix. */
    private static final double SHRINKAGE = 0.5;

    /**
     * Largest number of rows. With more, softmax regression has enough data, and the n by n matrix takes longer than
     * it.
     */
    private static final int MOST_ROWS = 1000;

    private static final int MOST_NUMBERS = 4_000_000;

    /** Variance that is used when the rows of a class do not differ; the variance of all rows is 1. */
    private static final double LEAST_VARIANCE = 1e-6;

    private final int d;
    private final double[][] means;
    private final double[][] centred;

    private ShrunkDiscriminant(Features features, int[] labels, int classes, Scaling scaling) {
        d = scaling.dimension();
        means = new double[classes][d];
        centred = new double[features.rows()][d];
        int[] counts = new int[classes];
        float[] row = new float[d];
        for (int i = 0; i < centred.length; i++) {
            features.read(i, row);
            scaling.apply(row, centred[i]);
            counts[labels[i]]++;
            Vectors.addScaled(1, centred[i], means[labels[i]]);
        }
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < d; k++) {
                means[c][k] /= counts[c];
            }
        }
        for (int i = 0; i < centred.length; i++) {
            Vectors.addScaled(-1, means[labels[i]], centred[i]);
        }
    }

    /** Returns whether this number of rows and features is worth it and fits in memory. */
    static boolean suits(Features features) {
        return features.rows() <= MOST_ROWS && (long) features.rows() * features.dimension() <= MOST_NUMBERS;
    }

    /**
     * Fits the parameters of the logits: a row of weights for each class, of standardised features, then the biases.
     *
     * @param labels labels of the rows; each class has at least one
     */
    static double[] fit(Features features, int[] labels, int classes, Scaling scaling) {
        return new ShrunkDiscriminant(features, labels, classes, scaling).parameters();
    }

    private double[] parameters() {
        int n = centred.length;
        double[][] inner = products();
        double trace = IntStream.range(0, n).mapToDouble(i -> inner[i][i]).sum();
        double variance = Math.max(trace / ((double) n * d), LEAST_VARIANCE);
        double ridge = SHRINKAGE * variance;
        double share = (1 - SHRINKAGE) / n;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                inner[i][j] = share * inner[i][j] + (i == j ? ridge : 0);
            }
        }
        Cholesky covariance = Cholesky.inPlace(inner);
        int classes = means.length;
        double[] parameters = new double[classes * (d + 1)];
        for (int c = 0; c < classes; c++) {
            double[] mean = means[c];
            double[] dual = IntStream.range(0, n)
                    .mapToDouble(i -> Vectors.dot(centred[i], mean))
                    .toArray();
            covariance.solve(dual);
            double[] weights = mean.clone();
            for (int i = 0; i < n; i++) {
                Vectors.addScaled(-share * dual[i], centred[i], weights);
            }
            for (int k = 0; k < d; k++) {
                parameters[c * d + k] = weights[k] / ridge;
            }
            parameters[classes * d + c] = -Vectors.dot(weights, mean) / ridge / 2;
        }
        return parameters;
    }

    /** Returns the inner products of the rows, on and below the diagonal. */
    private double[][] products() {
        double[][] inner = new double[centred.length][];
        IntStream.range(0, inner.length)
                .parallel()
                .forEach(i -> inner[i] = IntStream.rangeClosed(0, i)
                        .mapToDouble(j -> Vectors.dot(centred[i], centred[j]))
                        .toArray());
        return inner;
    }
}
