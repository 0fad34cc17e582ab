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

/** From gradient descent over normalised gradients to Adam, in a valley that is steep across and flat along. */
public final class AdamLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "adam", "Adam", "How can one learning rate suit a steep and a flat direction?", Chapter.DESCENT);
    }

    /** Returns the loss: a hole around (0.7, 0), sixteen times as curved across as along. */
    private static double loss(double x, double y) {
        return 1 - Math.exp(-2 * y * y - (x - 0.7) * (x - 0.7) / 8); // $L = 1 - exp(-2 y^2 - (x-0.7)^2/8)$
    }

    private static double[] gradient(double x, double y) {
        double depth = 1 - loss(x, y);
        return new double[] {depth * (x - 0.7) / 4, depth * 4 * y};
    }

    /** The rules. */
    private enum AdaptiveRule {
        DESCENT,
        NORMALISED,
        ADAM
    }

    /** Returns the path of a rule from (-0.7, -0.9). */
    private static double[][] path(AdaptiveRule rule, double rate, int steps) {
        double[][] w = {new double[steps + 1], new double[steps + 1]};
        w[0][0] = -0.7;
        w[1][0] = -0.9;
        double[] m = new double[2];
        double[] v = new double[2];
        for (int t = 1; t <= steps; t++) {
            double[] g = gradient(w[0][t - 1], w[1][t - 1]);
            for (int i = 0; i < 2; i++) {
                m[i] = 0.9 * m[i] + 0.1 * g[i]; // $m larr beta m + (1-beta) g$
                v[i] = 0.99 * v[i] + 0.01 * g[i] * g[i]; // $v larr gamma v + (1-gamma) g^2$
                double mean = m[i] / (1 - Math.pow(0.9, t)); // $hat(m) = m/(1-beta^t)$
                double square = v[i] / (1 - Math.pow(0.99, t)); // $hat(v) = v/(1-gamma^t)$
                double direction =
                        switch (rule) {
                            case DESCENT -> g[i];
                            case NORMALISED -> g[i] / (Math.abs(g[i]) + 1e-20); // $g/sqrt(g^2)$, the sign
                            case ADAM -> mean / (Math.sqrt(square) + 1e-20);
                        };
                w[i][t] = w[i][t - 1] - rate * direction;
            }
        }
        return w;
    }

    /** Returns the distance to the minimum after each step. */
    private static double[] distances(double[][] path) {
        double[] distances = new double[path[0].length];
        for (int t = 0; t < distances.length; t++) {
            distances[t] = Math.hypot(path[0][t] - 0.7, path[1][t]);
        }
        return distances;
    }

    private static ContourChart chart() {
        return ContourChart.of("x", "y").x(-1, 1.2).y(-1, 1).surface("loss", (x, y) -> loss(x, y));
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                This loss (from the notebook on Adam of Prince's *Understanding Deep Learning*) is sixteen times as curved across the
                valley as along it. Gradient descent has one rate for both directions. Near the minimum the curvature across is 4, so a
                rate above $2/4$ bounces there; but along the valley, where the curvature is $1/4$, smaller rates creep.
                """);
        double[][] slow = path(AdaptiveRule.DESCENT, 0.08, 40);
        double[][] fast = path(AdaptiveRule.DESCENT, 1.0, 40);
        page.figure(chart().path("rate 0.08", slow[0], slow[1])
                .path("rate 1", fast[0], fast[1])
                .figure("Gradient descent, 40 steps: the small rate does not arrive, the large one bounces."));
        int flips = 0;
        double widest = 0;
        for (int t = 20; t < 40; t++) {
            flips += fast[1][t] * fast[1][t + 1] < 0 ? 1 : 0;
            widest = Math.max(widest, Math.abs(fast[1][t + 1]));
        }
        page.claim("With the rate 0.08, 40 steps leave more than half of the way along the valley.")
                .atLeast(0.7 - slow[0][40], 0.7);
        page.claim("With the rate 1, y still changes its sign in most of the last 20 steps.")
                .atLeast(flips, 11);
        page.claim("And it still bounces far from the axis.").atLeast(widest, 0.3);

        page.text("""
                **Normalised gradients** divide each derivative by its own size. Every step then moves by exactly the rate in each
                direction: fast along the valley, but it can never come to rest. It jumps over the minimum for ever.
                """);
        double rate = 0.08;
        double[][] normalised = path(AdaptiveRule.NORMALISED, rate, 400);
        double nearest = Double.POSITIVE_INFINITY;
        double strangest = 0;
        for (int t = 1; t <= 400; t++) {
            double move = Math.abs(normalised[1][t] - normalised[1][t - 1]);
            strangest = Math.max(strangest, Math.abs(move - rate));
            nearest = t > 100 ? Math.min(nearest, distances(normalised)[t]) : nearest;
        }
        page.claim("Every step of normalised descent has the same length (largest deviation).")
                .atMost(strangest, 1e-9);
        page.claim("It never settles: after 100 steps it is never nearer than 0.01.")
                .atLeast(nearest, 0.01);

        page.text("""
                **Adam** (Kingma and Ba, 2015) divides a moving average of the gradient by the root of a moving average of its square.
                While the gradients agree, the ratio is about 1, as with normalised gradients. Where they change sign, the average
                above cancels, and the steps become short. Both averages start at zero; dividing by $1 - beta^t$ corrects that.
                """);
        double[] adam = distances(path(AdaptiveRule.ADAM, 0.05, 400));
        double[] descent = distances(path(AdaptiveRule.DESCENT, 0.08, 400));
        page.figure(LineChart.of("step", "distance to the minimum")
                .yScale(Scale.LOG)
                .line("descent, 0.08", descent)
                .line("normalised, 0.08", distances(normalised))
                .line("Adam, 0.05", adam)
                .figure("Normalised descent stops improving; Adam arrives."));
        page.claim("After 60 steps Adam is within 0.05 of the minimum.").atMost(adam[60], 0.05);
        page.claim("After 60 steps descent is not within 0.5.").atLeast(descent[60], 0.5);
        page.claim("After 400 steps Adam has arrived.").atMost(adam[400], 1e-4);
        page.claim("Adam's first step has the length of the rate in both directions: the corrections cancel.")
                .near(path(AdaptiveRule.ADAM, 0.05, 1)[0][1], -0.65, 1e-9);
        List<Frame> frames = new ArrayList<>();
        for (double eta : new double[] {0.01, 0.05, 0.1, 0.2, 0.4}) {
            double[][] way = path(AdaptiveRule.ADAM, eta, 60);
            frames.add(new Frame(
                    Double.toString(eta), chart().path("Adam", way[0], way[1]).figure("Sixty steps of Adam.")));
        }
        page.figure(Frames.of("learning rate", frames).choose(1));

        page.text("""
                The gradient in the code is exact; the notebook uses differences. We check ours the same way.
                """);
        double h = 1e-6;
        double[] g = gradient(0.2, -0.3);
        page.claim("The derivative by x is a central difference.")
                .near(g[0], (loss(0.2 + h, -0.3) - loss(0.2 - h, -0.3)) / (2 * h), 1e-8);
        page.claim("So is the derivative by y.")
                .near(g[1], (loss(0.2, -0.3 + h) - loss(0.2, -0.3 - h)) / (2 * h), 1e-8);
    }
}
