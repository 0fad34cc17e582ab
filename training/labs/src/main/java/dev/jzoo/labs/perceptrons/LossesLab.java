package dev.jzoo.labs.perceptrons;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.LossFunction;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import java.util.Arrays;
import java.util.Random;

/** Six losses, their gradients, and what the choice between them decides. */
public final class LossesLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo("losses", "Losses", "How wrong is an answer, and who decides that?", Chapter.PERCEPTRONS);
    }

    /** Returns the loss of one output y with the target t. */
    private static double loss(LossFunction loss, double y, double t) {
        return loss.value(Array.rows(new double[] {y}), Array.rows(new double[] {t}));
    }

    /** Returns the derivative of the loss of one output. */
    private static double slope(LossFunction loss, double y, double t) {
        return loss.gradient(Array.rows(new double[] {y}), Array.rows(new double[] {t}))
                .get(0, 0);
    }

    /** Returns the constant with the least loss for some values, found by gradient descent. */
    private static double bestConstant(LossFunction loss, double[] values) {
        Array targets = Array.of(values, values.length, 1);
        double constant = 0;
        for (int step = 0; step < 2_000; step++) {
            double fitted = constant;
            Array outputs = targets.map(target -> fitted);
            constant -= 0.2 * loss.gradient(outputs, targets).sum();
        }
        return constant;
    }

    /** Returns ‖gradient - finite differences‖ / ‖finite differences‖ for a batch. */
    private static double gradientError(LossFunction loss, Array outputs, Array targets) {
        double h = 1e-5;
        Array gradient = loss.gradient(outputs, targets);
        Array slopes = Array.zeros(outputs.shape());
        for (int i = 0; i < outputs.count(); i++) {
            double y = outputs.values()[i];
            outputs.values()[i] = y + h;
            slopes.values()[i] = loss.value(outputs, targets);
            outputs.values()[i] = y - h;
            slopes.values()[i] = (slopes.values()[i] - loss.value(outputs, targets)) / (2 * h);
            outputs.values()[i] = y;
        }
        return gradient.minus(slopes).norm() / slopes.norm();
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A **loss** turns an answer and its target into one number, and training makes that number small. So the loss says what
                you want: it decides which mistakes count, and how hard each one pulls at the weights.

                For two classes, with targets $t = -1$ and $t = 1$, the product $t y$ is positive where the output $y$ is on the right
                side. The *perceptron loss* $max(0, -t y)$ is content with any right answer. The *hinge loss* $max(0, 1 - t y)$ also
                asks for a margin. *Cross-entropy* of the probability $sigma(y)$, which is $log(1 + e^(-t y))$, always asks for a little
                more.
                """);
        int points = 121;
        double[] outputs = new double[points];
        double[][] curves = new double[3][points];
        for (int i = 0; i < points; i++) {
            double y = -3 + 6.0 * i / (points - 1);
            outputs[i] = y;
            curves[0][i] = loss(PointwiseLoss.PERCEPTRON, y, 1);
            curves[1][i] = loss(PointwiseLoss.HINGE, y, 1);
            curves[2][i] = loss(PointwiseLoss.BINARY_CROSS_ENTROPY, Elementwise.Function.SIGMOID.at(y), 1);
        }
        page.figure(LineChart.of("output y, for the target t = 1", "loss")
                .line("perceptron", outputs, curves[0])
                .line("hinge", outputs, curves[1])
                .line("cross-entropy", outputs, curves[2])
                .figure("All three punish a wrong sign. They differ in what they ask of a right one."));
        page.claim("At the border, y = 0, cross-entropy is that of a coin, ln 2.")
                .near(curves[2][60], Math.log(2), 1e-15);
        page.claim("The right answer y = 0.5 costs nothing in the perceptron loss.")
                .near(loss(PointwiseLoss.PERCEPTRON, 0.5, 1), 0, 0);
        page.claim("The hinge loss charges the missing half of the margin.")
                .near(loss(PointwiseLoss.HINGE, 0.5, 1), 0.5, 1e-15);

        page.text("""
                Gradient descent sees only the slope of the loss. These are the slopes of all six, for random batches, against finite
                differences of the losses themselves. (The kinks of the perceptron loss, the hinge and of the Huber loss have no
                derivative. A random output never meets them.)
                """);
        Random random = page.random();
        int batch = 50;
        Array scores = Array.zeros(batch, 1).map(zero -> 2 * random.nextGaussian());
        Array signs = scores.map(zero -> random.nextBoolean() ? 1 : -1);
        Array probabilities = scores.map(zero -> 0.02 + 0.96 * random.nextDouble());
        Table table = Table.captioned(
                        "Analytic gradient against finite differences: relative error for a random batch.")
                .text("loss")
                .text("gradient in y")
                .significant("relative error");
        double[] errors = {
            gradientError(PointwiseLoss.PERCEPTRON, scores, signs),
            gradientError(PointwiseLoss.HINGE, scores, signs),
            gradientError(PointwiseLoss.BINARY_CROSS_ENTROPY, probabilities, signs.map(t -> (t + 1) / 2)),
            gradientError(
                    new SoftmaxCrossEntropy(),
                    Array.zeros(10, 5).map(zero -> 2 * random.nextGaussian()),
                    SoftmaxCrossEntropy.oneHot(new int[] {0, 1, 2, 3, 4, 4, 3, 2, 1, 0}, 5)),
            gradientError(PointwiseLoss.MEAN_SQUARED_ERROR, scores, scores.map(y -> random.nextGaussian())),
            gradientError(PointwiseLoss.HUBER, scores, scores.map(y -> random.nextGaussian()))
        };
        page.table(table.row("perceptron", "-t if t y < 0, else 0", errors[0])
                .row("hinge", "-t if t y < 1, else 0", errors[1])
                .row("binary cross-entropy", "(y - t) / (y (1 - y))", errors[2])
                .row("softmax cross-entropy", "softmax(y) - t", errors[3])
                .row("squared error", "2 (y - t)", errors[4])
                .row("Huber", "y - t, cut to [-1, 1]", errors[5]));
        page.claim("Every gradient equals the finite differences (largest relative error).")
                .atMost(Arrays.stream(errors).max().orElseThrow(), 1e-6);

        page.text("""
                Why not simply the squared error for classes, too? Take a neuron with a sigmoid that is sure and wrong: its input is
                $z = -6$, but the target is 1. With squared error the chain rule multiplies the error by the slope of the sigmoid, which
                is nearly 0 out there: the worst mistake hardly moves the weights. Cross-entropy has $y(1-y)$ in its denominator, the two
                cancel, and what is left is $(del L)/(del z) = y - t$.
                """);
        double wrong = Elementwise.Function.SIGMOID.at(-6);
        double sigmoidSlope = wrong * (1 - wrong); // $sigma'(z) = sigma(z) (1 - sigma(z))$
        double squaredPull = slope(PointwiseLoss.MEAN_SQUARED_ERROR, wrong, 1) * sigmoidSlope;
        double entropyPull = slope(PointwiseLoss.BINARY_CROSS_ENTROPY, wrong, 1) * sigmoidSlope;
        page.print("dL/dz at z = -6: squared error %.5f, cross-entropy %.5f", squaredPull, entropyPull);
        page.claim("Cross-entropy pulls with the whole error, y - t.").near(entropyPull, wrong - 1, 1e-12);
        page.claim("Squared error pulls less than a hundredth as hard (ratio).")
                .atLeast(entropyPull / squaredPull, 100);

        page.text("""
                For numbers the choice matters when a value is far off. Fit one constant to twenty values near 0 and an **outlier**.
                Squared error pulls harder the further the outlier is, and its best constant is the mean. The *Huber loss* is linear
                beyond a distance of 1, so an outlier pulls like any other distant value, wherever it is.
                """);
        double[] values = new double[21];
        for (int i = 0; i < 20; i++) {
            values[i] = 0.5 * random.nextGaussian();
        }
        double[] places = new double[21];
        double[] squared = new double[21];
        double[] huber = new double[21];
        double furthestFromMean = 0;
        for (int place = 0; place <= 20; place++) {
            values[20] = place;
            places[place] = place;
            squared[place] = bestConstant(PointwiseLoss.MEAN_SQUARED_ERROR, values);
            huber[place] = bestConstant(PointwiseLoss.HUBER, values);
            double mean = Arrays.stream(values).average().orElseThrow();
            furthestFromMean = Math.max(furthestFromMean, Math.abs(squared[place] - mean));
        }
        page.figure(LineChart.of("place of the outlier", "best constant")
                .line("squared error", places, squared)
                .line("Huber", places, huber)
                .figure("One outlier among 21 values drags the mean along. The Huber fit lets go of it."));
        page.claim("The constant of squared error is the mean (largest difference).")
                .atMost(furthestFromMean, 1e-9);
        page.claim("From 10 to 20, the outlier moves it by 10/21.").near(squared[20] - squared[10], 10 / 21.0, 1e-9);
        page.claim("It does not move the Huber fit at all.").near(huber[20] - huber[10], 0, 1e-9);
    }
}
