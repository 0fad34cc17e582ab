package dev.jzoo.labs.descent;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.ContourChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Descent with a memory: velocity in a narrow valley, and its effect on noisy gradients. */
public final class MomentumLab implements Lab {

    /** Curvatures of the valley, along and across. */
    private static final double[] CURVATURE = {1, 100};

    @Override
    public LabInfo info() {
        return new LabInfo("momentum", "Momentum", "Why should a step remember the steps before it?", Chapter.DESCENT);
    }

    /** Returns the path of descent with momentum in the valley L = (x² + 100 y²) / 2. */
    private static double[][] valley(double rate, double momentum, int steps) {
        double[][] path = {new double[steps + 1], new double[steps + 1]};
        path[0][0] = 10;
        path[1][0] = 1;
        double[] v = new double[2];
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < 2; i++) {
                v[i] = momentum * v[i] + CURVATURE[i] * path[i][t]; // $v larr mu v + nabla L(w)$
                path[i][t + 1] = path[i][t] - rate * v[i]; // $w larr w - eta v$
            }
        }
        return path;
    }

    /** Returns the factor by which a step shrinks the distance to the minimum, at the end of a long path. */
    private static double shrinkage(double[][] path) {
        int last = path[0].length - 1;
        double end = Math.hypot(path[0][last], path[1][last]);
        double middle = Math.hypot(path[0][last / 2], path[1][last / 2]);
        return Math.pow(end / middle, 1.0 / (last - last / 2));
    }

    /** The place at which the gradient is evaluated. */
    private enum Look {
        HERE,
        AHEAD
    }

    /** Returns the loss of the Gabor model after noisy descent with batches of 5, with averaged gradients. */
    private static double gabor(double momentum, Look look, long seed) {
        Random random = new Random(seed);
        double rate = 0.6;
        double[] w = {-1.5, 6.5};
        double[] v = new double[2];
        for (int t = 0; t < 81; t++) {
            int[] points = GaborFit.batch(random, 5);
            double ahead = look == Look.AHEAD ? rate * momentum : 0; // Nesterov: $nabla L(w - eta mu v)$
            double[] g = GaborFit.gradient(w[0] - ahead * v[0], w[1] - ahead * v[1], points);
            for (int i = 0; i < 2; i++) {
                v[i] = momentum * v[i] + (1 - momentum) * g[i];
                w[i] -= rate * v[i];
            }
        }
        return GaborFit.loss(w[0], w[1]);
    }

    /** Returns the mean of some values and its standard error. */
    private static double[] meanAndError(double[] values) {
        double mean = 0;
        double squares = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new double[] {mean, Math.sqrt(squares / (values.length - 1) / values.length)};
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                In a narrow valley the gradient points mostly across it, not along it. A rate that is small enough not to bounce between
                the walls is too small for the way along the floor. **Momentum** (Polyak, 1964) keeps a velocity $v$: steps across
                cancel each other, steps along add up.

                Let a valley have the curvatures $lambda_1 = 1$ along and $lambda_2 = 100$ across, so its *condition number* is
                $kappa = lambda_2/lambda_1 = 100$. The best rate without momentum is $eta = 2/(lambda_1 + lambda_2)$, and each
                step shrinks the distance to the minimum by $(kappa-1)/(kappa+1)$. With the best momentum it is
                $(sqrt(kappa)-1)/(sqrt(kappa)+1)$: as if the valley had the square root of its condition number.
                """);
        double kappa = CURVATURE[1] / CURVATURE[0];
        double root = Math.sqrt(kappa);
        double bestMomentum = Math.pow((root - 1) / (root + 1), 2); // $mu = ((sqrt(kappa)-1)/(sqrt(kappa)+1))^2$
        double bestRate = 4 / Math.pow(Math.sqrt(CURVATURE[0]) + Math.sqrt(CURVATURE[1]), 2);
        double plain = shrinkage(valley(2 / (CURVATURE[0] + CURVATURE[1]), 0, 400));
        double heavy = shrinkage(valley(bestRate, bestMomentum, 400));
        page.claim("Without momentum a step shrinks the distance by 99/101.").near(plain, 99.0 / 101, 1e-6);
        page.claim("With the best momentum it shrinks it by about 9/11.").near(heavy, 9.0 / 11, 0.01);
        page.print(
                "steps for each factor of 1000: %.0f without, %.0f with momentum",
                Math.log(1e-3) / Math.log(plain), Math.log(1e-3) / Math.log(heavy));
        List<Frame> frames = new ArrayList<>();
        for (double momentum : new double[] {0, 0.4, 0.67, 0.8, 0.9, 0.95}) {
            double[][] path = valley(bestRate / 2, momentum, 50);
            frames.add(new Frame(
                    Double.toString(momentum),
                    ContourChart.of("along", "across")
                            .x(-8, 11)
                            .y(-2, 2)
                            .surface("loss", (x, y) -> (CURVATURE[0] * x * x + CURVATURE[1] * y * y) / 2)
                            .path("50 steps", path[0], path[1])
                            .figure("Too little momentum creeps, too much overshoots.")));
        }
        page.figure(Frames.of("momentum", frames).choose(2));

        page.text("""
                The notebook on momentum of Prince's book compares plain steps, momentum and **Nesterov momentum** (which takes the
                gradient where the velocity is about to lead). The model is the Gabor model of the lab on SGD, with batches of 5 from
                $(-1.5, 6.5)$. The velocity is an average: $v larr mu v + (1-mu) g$ with $mu = 0.6$. One run shows nothing: what a run finds is mostly chance. So we take 50
                seeds, the same batches for all three, and look at the *difference* of the losses with its standard error.
                """);
        int seeds = page.pick(400, 1_000, 10_000);
        double[] sgd = new double[seeds];
        double[] withMomentum = new double[seeds];
        double[] nesterov = new double[seeds];
        for (int i = 0; i < seeds; i++) {
            long seed = page.seed() * 1_000_000 + i;
            sgd[i] = gabor(0, Look.HERE, seed);
            withMomentum[i] = gabor(0.6, Look.HERE, seed);
            nesterov[i] = gabor(0.6, Look.AHEAD, seed);
        }
        Table table = Table.captioned(
                        "Loss after 81 steps: mean and standard error, and how much lower than plain SGD.")
                .whole("seeds")
                .text("rule")
                .decimal("loss", 3)
                .decimal("error", 3)
                .decimal("gain", 3)
                .decimal("error of the gain", 3)
                .decimal("gain / error", 1);
        double surest = 0;
        for (int count : new int[] {50, seeds}) {
            for (double[] losses : List.of(sgd, withMomentum, nesterov)) {
                double[] first = new double[count];
                double[] gain = new double[count];
                for (int i = 0; i < count; i++) {
                    first[i] = losses[i];
                    gain[i] = sgd[i] - losses[i];
                }
                double[] loss = meanAndError(first);
                double[] difference = meanAndError(gain);
                String name = losses == sgd ? "SGD" : losses == withMomentum ? "momentum" : "Nesterov";
                double ratio = losses == sgd ? 0 : difference[0] / difference[1];
                table.row(count, name, loss[0], loss[1], difference[0], difference[1], ratio);
                surest = ratio;
            }
        }
        page.table(table);
        page.claim("With many seeds, Nesterov momentum ends lower than plain SGD (gain in standard errors).")
                .atLeast(surest, 3);

        page.text("""
                A gain of less than two standard errors proves nothing, and fifty seeds are few for so noisy a result. Read the table
                with that in mind: a comparison of optimisers by one run each, as in many blog posts, is a comparison of seeds.
                With averaged gradients momentum does not make steps longer; it makes them steadier. The sum of the weights
                $(1-mu)(1 + mu + mu^2 + ...)$ is 1.
                """);
        double sum = 0;
        for (int k = 0; k < 100; k++) {
            sum += 0.4 * Math.pow(0.6, k);
        }
        page.claim("The weights of the past gradients add up to 1.").near(sum, 1, 1e-12);
    }
}
