package dev.jzoo.labs.descent;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.ContourChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import java.util.ArrayList;
import java.util.List;

/** A line through twelve points, found by gradient descent and by the closed form of least squares. */
public final class GradientDescentLab implements Lab {

    /** The twelve points, from the course's notebook on gradient descent. */
    private static final double[] X = {0.03, 0.19, 0.34, 0.46, 0.78, 0.81, 1.08, 1.18, 1.39, 1.60, 1.65, 1.90};

    private static final double[] Y = {0.67, 0.85, 1.05, 1.00, 1.40, 1.50, 1.30, 1.54, 1.55, 1.68, 1.73, 1.60};

    @Override
    public LabInfo info() {
        return new LabInfo(
                "gradient-descent",
                "Gradient descent",
                "How does a program find the line that fits twelve points best?",
                Chapter.DESCENT);
    }

    /** Returns the sum of the squared errors of the line. */
    private static double loss(double w0, double w1) {
        double sum = 0;
        for (int i = 0; i < X.length; i++) {
            double error = w0 + w1 * X[i] - Y[i]; // $e_i = w_0 + w_1 x_i - y_i$
            sum += error * error;
        }
        return sum;
    }

    /** Returns the derivatives of the loss with respect to both weights. */
    private static double[] gradient(double w0, double w1) {
        double[] gradient = new double[2];
        for (int i = 0; i < X.length; i++) {
            double error = w0 + w1 * X[i] - Y[i];
            gradient[0] += 2 * error; // $(del L)/(del w_0) = 2 sum_i e_i$
            gradient[1] += 2 * error * X[i]; // $(del L)/(del w_1) = 2 sum_i e_i x_i$
        }
        return gradient;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A line has two weights, the height $w_0$ and the slope $w_1$. It predicts $w_0 + w_1 x$. We measure how badly it fits
                by the sum of its squared errors over twelve points:

                $$L(w) = sum_(i=1)^12 (w_0 + w_1 x_i - y_i)^2$$

                The gradient of $L$ points uphill. **Gradient descent** takes small steps in the opposite direction,
                $w larr w - eta nabla L(w)$, with a learning rate $eta$.
                """);
        double learningRate = 0.02;
        double w0 = 0;
        double w1 = 0;
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            losses.add(loss(w0, w1));
            double[] g = gradient(w0, w1);
            w0 -= learningRate * g[0];
            w1 -= learningRate * g[1];
        }
        page.print("after 600 steps: w0 = %.5f, w1 = %.5f, loss = %.5f", w0, w1, loss(w0, w1));
        page.figure(LineChart.of("step", "loss")
                .yScale(Scale.LOG)
                .line("loss", losses.stream().mapToDouble(Double::doubleValue).toArray())
                .figure("The loss falls fast at first, then slowly along the floor of a narrow valley."));

        page.text("""
                A line is one of the few models whose best weights have a closed form. At the minimum both derivatives are zero, which
                gives two linear equations (the *normal equations*). It is our independent check.
                """);
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < X.length; i++) {
            meanX += X[i] / X.length;
            meanY += Y[i] / Y.length;
        }
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < X.length; i++) {
            covariance += (X[i] - meanX) * (Y[i] - meanY);
            variance += (X[i] - meanX) * (X[i] - meanX);
        }
        double slope = covariance / variance; // $w_1 = (sum_i (x_i - bar(x))(y_i - bar(y)))/(sum_i (x_i - bar(x))^2)$
        double height = meanY - slope * meanX; // $w_0 = bar(y) - w_1 bar(x)$
        page.claim("Gradient descent arrives at the height of the least-squares line.")
                .near(w0, height, 1e-5);
        page.claim("It arrives at its slope.").near(w1, slope, 1e-5);
        page.published("The course prints the height 0.82595.").near(w0, 0.82595, 5e-6);
        page.published("The course prints the slope 0.52223.").near(w1, 0.52223, 5e-6);
        page.published("The least loss is 0.19987.").near(loss(w0, w1), 0.19987, 5e-6);

        page.text("""
                A larger step is faster, up to a point. The loss is a quadratic bowl with the curvatures $lambda_1 < lambda_2$ of its
                Hessian. Above $eta = 2/lambda_2$ each step lands higher on the opposite wall.
                """);
        List<Frame> frames = new ArrayList<>();
        for (double rate : new double[] {0.001, 0.005, 0.01, 0.02, 0.025, 0.028, 0.03, 0.032}) {
            double[][] path = new double[2][31];
            for (int step = 0; step < 30; step++) {
                double[] g = gradient(path[0][step], path[1][step]);
                path[0][step + 1] = path[0][step] - rate * g[0];
                path[1][step + 1] = path[1][step] - rate * g[1];
            }
            frames.add(new Frame(
                    Double.toString(rate),
                    ContourChart.of("height", "slope")
                            .x(-0.6, 2)
                            .y(-0.6, 2)
                            .surface("loss", (v, u) -> loss(v, u))
                            .path("30 steps", path[0], path[1])
                            .figure("Small rates creep, larger ones zigzag, and the largest ones leave the bowl.")));
        }
        page.figure(Frames.of("learning rate", frames).choose(3));
        double a = 2 * X.length;
        double b = 2 * meanX * X.length;
        double c = 2 * (variance + meanX * meanX * X.length);
        double largest = (a + c) / 2 + Math.sqrt((a - c) * (a - c) / 4 + b * b); // larger eigenvalue of the Hessian
        double limit = 2 / largest;
        for (double rate : new double[] {0.99 * limit, 1.01 * limit}) {
            double v0 = 0;
            double v1 = 0;
            for (int step = 0; step < 600; step++) {
                double[] g = gradient(v0, v1);
                v0 -= rate * g[0];
                v1 -= rate * g[1];
            }
            page.print("learning rate %.5f: loss after 600 steps %.3g", rate, loss(v0, v1));
            if (rate < limit) {
                page.claim("Just below 2/λ the loss falls.").atMost(loss(v0, v1), loss(0, 0));
            } else {
                page.claim("Just above it, the loss grows.").atLeast(loss(v0, v1), 10 * loss(0, 0));
            }
        }
    }
}
