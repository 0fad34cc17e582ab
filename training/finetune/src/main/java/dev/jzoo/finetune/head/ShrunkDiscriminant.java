package dev.jzoo.finetune.head;

import dev.jzoo.numerics.Cholesky;
import dev.jzoo.numerics.Vectors;
import java.util.stream.IntStream;

/**
 * Linear discriminant analysis of standardised features, its covariance shrunk: each class is taken for a normal distribution
 * around its mean, all with the covariance (1 - a) S + a t I, where S is that of the rows around the mean of their class and t its
 * mean variance (Friedman, Regularized Discriminant Analysis, 1989, with lambda = 1). Classes count alike, whatever their number
 * of rows. It models the features where softmax regression models the border, and the two err on different pictures.
 *
 * <p>With n rows of d features the covariance is never formed: by the identity of Woodbury, all it takes is an n by n matrix.
 */
final class ShrunkDiscriminant {

    /** Share of the identity. */
    private static final double SHRINKAGE = 0.5;

    /** Beyond, softmax regression has enough to learn from, and the n by n matrix takes longer than it. */
    private static final int MOST_ROWS = 1000;

    private static final int MOST_NUMBERS = 4_000_000;

    /** Where rows of a class do not differ, this is their variance; that of all rows is 1. */
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

    /** Whether so many rows of so many features are worth it, and fit in memory. */
    static boolean suits(Features features) {
        return features.rows() <= MOST_ROWS && (long) features.rows() * features.dimension() <= MOST_NUMBERS;
    }

    /**
     * The logits' parameters: a row of weights for each class, of standardised features, then the biases.
     *
     * @param labels of the rows; each class has at least one
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

    /** The products of the rows with each other, below the diagonal and on it. */
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
