package dev.jzoo.finetune.head;

import dev.jzoo.numerics.Lbfgs;
import dev.jzoo.numerics.Softmax;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Softmax regression on standardised features. The loss is the mean over the examples of weight(class) times
 * cross-entropy, in nats, plus decay / 2 times the sum of the squared weights, without the biases. It is convex, so the
 * start does not matter. The computation is in double precision and in a fixed order, so equal input gives equal bits
 * on any number of processors.
 */
final class SoftmaxRegression implements Lbfgs.SmoothFunction {

    private static final double TOLERANCE = 1e-6;
    private static final int STEPS = 500;

    /** Number of rows per task, unless the sums of that number of tasks would need much memory. */
    private static final int ROWS_A_TASK = 256;

    private static final int MOST_TASKS = 16;

    private final Features features;
    private final int[] labels;
    private final double[] classWeights;
    private final Scaling scaling;
    private final double decay;
    private final double totalWeight;

    private SoftmaxRegression(Features features, int[] labels, double[] classWeights, Scaling scaling, double decay) {
        this.features = features;
        this.labels = labels;
        this.classWeights = classWeights;
        this.scaling = scaling;
        this.decay = decay;
        double sum = 0;
        for (int label : labels) {
            sum += classWeights[label];
        }
        this.totalWeight = sum;
    }

    /**
     * Returns the best parameters: a row of weights for each class, of standardised features, then the biases.
     *
     * @param labels labels of the rows
     * @param classWeights weight of an example of each class in the loss
     * @param start initial parameters, for example the solution of another decay; they are not changed
     */
    static double[] fit(
            Features features, int[] labels, double[] classWeights, Scaling scaling, double decay, double[] start) {
        SoftmaxRegression regression = new SoftmaxRegression(features, labels, classWeights, scaling, decay);
        return Lbfgs.minimum(regression, start, TOLERANCE, STEPS);
    }

    /** Returns parameters that are all 0. */
    static double[] zero(int classes, int dimension) {
        return new double[classes * (dimension + 1)];
    }

    /** Converts the parameters to a layer for features that are not standardised. */
    static Head head(double[] parameters, int classes, Scaling scaling) {
        int d = scaling.dimension();
        double[][] weights = new double[classes][];
        double[] bias = new double[classes];
        for (int c = 0; c < classes; c++) {
            weights[c] = Arrays.copyOfRange(parameters, c * d, (c + 1) * d);
            bias[c] = parameters[classes * d + c];
        }
        return scaling.folded(weights, bias);
    }

    @Override
    public double at(double[] point, double[] gradient) {
        int tasks = Math.max(1, Math.min(MOST_TASKS, features.rows() / ROWS_A_TASK));
        double[][] gradients = new double[tasks][];
        double[] losses = new double[tasks];
        IntStream.range(0, tasks).parallel().forEach(task -> {
            gradients[task] = new double[point.length];
            int from = (int) ((long) features.rows() * task / tasks);
            int to = (int) ((long) features.rows() * (task + 1) / tasks);
            losses[task] = sum(point, gradients[task], from, to);
        });
        Arrays.fill(gradient, 0);
        double loss = 0;
        for (int task = 0; task < tasks; task++) {
            loss += losses[task];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += gradients[task][i];
            }
        }
        int weights = classWeights.length * scaling.dimension();
        double squares = 0;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= totalWeight;
            if (i < weights) {
                gradient[i] += decay * point[i];
                squares += point[i] * point[i];
            }
        }
        return loss / totalWeight + decay / 2 * squares;
    }

    /** Returns the weighted cross-entropy of some rows and adds its gradient. */
    private double sum(double[] point, double[] gradient, int from, int to) {
        int classes = classWeights.length;
        int d = scaling.dimension();
        float[] row = new float[d];
        double[] x = new double[d];
        double[] scores = new double[classes];
        double loss = 0;
        for (int i = from; i < to; i++) {
            features.read(i, row);
            scaling.apply(row, x);
            logits(point, x, scores);
            double truth = scores[labels[i]];
            double weight = classWeights[labels[i]];
            loss += weight * (Softmax.inPlace(scores) - truth);
            for (int c = 0; c < classes; c++) {
                double error = weight * (scores[c] - (c == labels[i] ? 1 : 0));
                gradient[classes * d + c] += error;
                for (int k = 0, at = c * d; k < d; k++, at++) {
                    gradient[at] += error * x[k];
                }
            }
        }
        return loss;
    }

    /** Computes the logits of a standardised row. */
    static void logits(double[] parameters, double[] x, double[] target) {
        int d = x.length;
        for (int c = 0; c < target.length; c++) {
            double sum = parameters[target.length * d + c];
            for (int k = 0, at = c * d; k < d; k++, at++) {
                sum += parameters[at] * x[k];
            }
            target[c] = sum;
        }
    }
}
