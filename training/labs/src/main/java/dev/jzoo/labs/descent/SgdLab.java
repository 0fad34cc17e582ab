package dev.jzoo.labs.descent;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.numerics.WilsonInterval;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Histogram;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Gradient descent sticks in a poor minimum; the noise of mini-batches often shakes it out. */
public final class SgdLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "sgd",
                "Stochastic gradient descent",
                "Can a gradient from a few random points be better than the exact one?",
                Chapter.DESCENT);
    }

    /** Returns the path of descent with batches of a size: offsets and frequencies, the start first. */
    private static double[][] descend(
            double offset, double frequency, double rate, int batch, int steps, Random random) {
        double[][] path = new double[2][steps + 1];
        path[0][0] = offset;
        path[1][0] = frequency;
        for (int t = 0; t < steps; t++) {
            int[] points = GaborFit.batch(random, batch);
            double[] g = GaborFit.gradient(path[0][t], path[1][t], points);
            path[0][t + 1] = path[0][t] - rate * g[0]; // $w larr w - eta sum_(i in B) nabla L_i(w)$
            path[1][t + 1] = path[1][t] - rate * g[1];
        }
        return path;
    }

    private static double lossAtEnd(double[][] path) {
        int last = path[0].length - 1;
        return GaborFit.loss(path[0][last], path[1][last]);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                The model is a wave under a bell, a *Gabor function*, with an offset $a$ and a frequency $b$:

                $$f(x) = sin(u) exp(-u^2/32), "  " u = a + 0.06 b x$$

                It is fitted to 30 points. Model and points are those of Prince's *Understanding Deep Learning*, chapter 6. Its loss, the
                sum of the squared errors, has hills and valleys, as the losses of networks have. First we check the gradient.
                """);
        double a = 0.6;
        double b = -0.2;
        double h = 1e-6;
        double[] gradient = GaborFit.gradient(a, b, GaborFit.all());
        page.published("The notebook prints the loss 16.419 at a = 0.6, b = -0.2.")
                .near(GaborFit.loss(a, b), 16.419, 5e-4);
        page.claim("The derivative by a is a central difference.")
                .near(gradient[0], (GaborFit.loss(a + h, b) - GaborFit.loss(a - h, b)) / (2 * h), 1e-6);
        page.claim("So is the derivative by b.")
                .near(gradient[1], (GaborFit.loss(a, b + h) - GaborFit.loss(a, b - h)) / (2 * h), 1e-6);

        page.text("""
                Gradient descent from $(3.5, 6.5)$ with a small rate goes to the nearest minimum and stays there. It is a true minimum:
                the gradient vanishes and both curvatures are positive. And it is a poor one, as a search on a grid shows.
                """);
        double[][] full = descend(3.5, 6.5, 0.1, GaborFit.size(), 300, page.random());
        double endA = full[0][300];
        double endB = full[1][300];
        double[] flat = GaborFit.gradient(endA, endB, GaborFit.all());
        double e = 1e-4;
        double[] right = GaborFit.gradient(endA + e, endB, GaborFit.all());
        double[] up = GaborFit.gradient(endA, endB + e, GaborFit.all());
        double curvature = (right[0] - flat[0]) / e;
        double determinant = curvature * (up[1] - flat[1]) / e - Math.pow((right[1] - flat[1]) / e, 2);
        double lowest = Double.POSITIVE_INFINITY;
        for (double i = -10; i <= 10; i += 0.05) {
            for (double j = 2.5; j <= 22.5; j += 0.05) {
                lowest = Math.min(lowest, GaborFit.loss(i, j));
            }
        }
        page.print(
                "gradient descent ends at (%.4f, %.4f), loss %.4f; best of a grid %.4f",
                endA, endB, lossAtEnd(full), lowest);
        page.claim("Gradient descent sticks at the loss 9.96.").near(lossAtEnd(full), 9.96, 5e-3);
        page.claim("The gradient there is zero (norm).").atMost(Math.hypot(flat[0], flat[1]), 1e-6);
        page.claim("It is a minimum: the determinant of the Hessian is positive,")
                .atLeast(determinant, 1e-3);
        page.claim("and so is its first entry.").atLeast(curvature, 1e-3);
        page.claim("There is a far lower minimum.").atMost(lowest, 0.66);

        page.text("""
                **Stochastic gradient descent** uses the gradient of a few random points. On average it points in the same direction,
                $E[sum_(i in B) nabla L_i] = B/n nabla L$, but each step differs. Batches of 5 of 30 points with the rate 0.6 move on
                average as far as all points with the rate 0.1. So what differs between the two is the noise alone.
                """);
        int steps = 80;
        double[][] first = descend(3.5, 6.5, 0.6, 5, steps, new Random(page.seed()));
        double[][] second = descend(3.5, 6.5, 0.6, 5, steps, new Random(page.seed() + 1));
        page.figure(GaborFit.chart()
                .path("all points", full[0], full[1])
                .path("batches of 5, one seed", first[0], first[1])
                .path("batches of 5, another seed", second[0], second[1])
                .figure("The exact gradient leads into the nearest minimum. The noisy one can leave it."));

        page.text("""
                One lucky run proves nothing. So we count: of many runs, how many leave the basin (end below 9.9), and how many arrive
                near the best minimum (below 2)? The interval is Wilson's, at 95 %. Move the slider: the smaller the batch, the larger
                the noise, and the wider the losses at the end are spread.
                """);
        int runs = page.pick(200, 500, 2_000);
        Table table = Table.captioned("Runs of 80 steps from (3.5, 6.5), with equal average step.")
                .whole("batch")
                .decimal("rate", 3)
                .percent("left the basin", 1)
                .percent("at least", 1)
                .percent("at most", 1)
                .percent("near the best", 1);
        double leftOfFive = 0;
        List<Frame> frames = new ArrayList<>();
        for (int batch : new int[] {30, 25, 20, 10, 5, 2, 1}) {
            int left = 0;
            int best = 0;
            double[] losses = new double[runs];
            for (int run = 0; run < runs; run++) {
                Random random = new Random(page.seed() * 1_000_000 + run);
                losses[run] = lossAtEnd(descend(3.5, 6.5, 3.0 / batch, batch, steps, random));
                left += losses[run] < 9.9 ? 1 : 0;
                best += losses[run] < 2 ? 1 : 0;
            }
            frames.add(new Frame(
                    Integer.toString(batch),
                    Histogram.of("loss after 80 steps", 0, 40, 40)
                            .height(Histogram.Height.SHARE)
                            .values("runs", losses)
                            .figure("The exact gradient always ends at 9.96.")));
            WilsonInterval interval = WilsonInterval.of(left, runs);
            table.row(batch, 3.0 / batch, (double) left / runs, interval.low(), interval.high(), (double) best / runs);
            leftOfFive = batch == 5 ? interval.low() : leftOfFive;
            if (batch == 30) {
                page.claim("With all points, no run leaves the basin.").equal(left, 0);
            }
        }
        page.table(table);
        page.figure(Frames.of("batch size", frames).choose(4));
        page.claim("With batches of 5, most runs leave it (lower end of the interval).")
                .atLeast(leftOfFive, 0.5);

        page.text("""
                Noise helps to leave a poor minimum, but it does not know where the good one is, and it never stops. At a fixed rate
                the loss of a run keeps jumping. The lab on schedules shows the cure: let the rate fall.
                """);
        double[][] restless = descend(0, 16, 0.6, 5, 300, page.random());
        double[] losses = new double[301];
        double mean = 0;
        for (int t = 0; t <= 300; t++) {
            losses[t] = GaborFit.loss(restless[0][t], restless[1][t]);
            mean += t > 100 ? losses[t] / 200 : 0;
        }
        page.figure(LineChart.of("step", "loss")
                .line("batches of 5, from the best minimum", losses)
                .level("best loss", lowest)
                .figure("Even a start in the best minimum does not stay there: the batches disagree."));
        page.claim("From the best minimum, noisy steps raise the mean loss.").atLeast(mean, lowest * 1.05);
    }
}
