package dev.jzoo.labs.practice;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.optimizers.GradientClipping;
import java.util.ArrayList;
import java.util.List;

/** A recurrent network whose gradient explodes, and the largest norm that saves its training. */
public final class GradientClippingLab implements Lab {

    private static final int LENGTH = 60;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "gradient-clipping",
                "Gradient clipping",
                "What can be done when a single step destroys the weights?",
                Chapter.PRACTICE);
    }

    /** Returns the last state of the linear recurrent network h[t] = w h[t-1] + u for t = 1 to 60. */
    private static double state(double w, double u) {
        double h = 0;
        for (int t = 0; t < LENGTH; t++) {
            h = w * h + u; // $h_t = w h_(t-1) + u$
        }
        return h;
    }

    private static double loss(double w, double u) {
        return Math.pow(state(w, u) - 5, 2); // $L = (h_60 - 5)^2$
    }

    /** Returns the derivatives of the loss by backpropagation through time. */
    private static double[] gradient(double w, double u) {
        double[] h = new double[LENGTH + 1];
        for (int t = 1; t <= LENGTH; t++) {
            h[t] = w * h[t - 1] + u;
        }
        double delta = 2 * (h[LENGTH] - 5);
        double[] gradient = new double[2];
        for (int t = LENGTH; t >= 1; t--) {
            gradient[0] += delta * h[t - 1]; // $(del L)/(del w) = sum_t delta_t h_(t-1)$
            gradient[1] += delta; // $(del L)/(del u) = sum_t delta_t$
            delta *= w; // $delta_(t-1) = w delta_t$
        }
        return gradient;
    }

    /** Returns the loss before each step of descent, which can be infinite or NaN. */
    private static double[] train(double rate, double limit, int steps) {
        Weight weights = new Weight("weights", Array.of(new double[] {1.2, 0.5}, 2));
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            double w = weights.value().get(0);
            double u = weights.value().get(1);
            losses.add(loss(w, u));
            weights.setGradient(Array.of(gradient(w, u), 2));
            GradientClipping.clip(List.of(weights), limit);
            for (int i = 0; i < 2; i++) {
                weights.value().values()[i] -= rate * weights.gradient().get(i);
            }
        }
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A recurrent network applies the same weight at each step. Ours is the smallest: $h_t = w h_(t-1) + u$, and after 60
                steps its state should be 5. On the way back each step multiplies the gradient by $w$ again, so with $w > 1$ it grows
                as $w^60$: the gradient **explodes**. First we check the backpropagation, where the numbers are still moderate.
                """);
        double h = 1e-6;
        double[] gradient = gradient(0.9, 0.4);
        page.claim("The derivative by w is a central difference.")
                .near(gradient[0], (loss(0.9 + h, 0.4) - loss(0.9 - h, 0.4)) / (2 * h), 1e-4);
        page.claim("So is the derivative by u.")
                .near(gradient[1], (loss(0.9, 0.4 + h) - loss(0.9, 0.4 - h)) / (2 * h), 1e-4);
        double[] weights = new double[61];
        double[] norms = new double[61];
        for (int i = 0; i <= 60; i++) {
            weights[i] = 0.7 + i * 0.01;
            double[] g = gradient(weights[i], 0.5);
            norms[i] = Math.hypot(g[0], g[1]);
        }
        page.figure(LineChart.of("w", "norm of the gradient")
                .yScale(Scale.LOG)
                .line("u = 0.5", weights, norms)
                .figure("Between w = 0.7 and w = 1.3 the gradient grows by many powers of ten."));
        page.claim("From w = 1.2 to w = 1.3 the norm grows faster than (1.3/1.2)^60 (ratio).")
                .atLeast(norms[60] / norms[50], Math.pow(1.3 / 1.2, 60));

        page.text("""
                Descent from $w = 1.2$, $u = 0.5$ with the rate 0.001: the first gradient is so long that one step throws the
                weights far away. There the state overflows, infinity minus infinity is not a number, and `NaN` spreads to every weight.
                It never goes away again.
                """);
        double[] without = train(0.001, Double.POSITIVE_INFINITY, 10);
        page.print("losses without clipping: %.3g, %.3g, %.3g", without[0], without[1], without[2]);
        page.claim("Without clipping, the loss is not a number after ten steps.")
                .equal(Double.toString(without[10]), "NaN");

        page.text("""
                **Clipping by the norm** (Pascanu, Mikolov and Bengio, 2013) shortens a gradient that is longer than a limit $c$ and
                keeps its direction:

                $$g larr g min(1, c/||g||)$$

                So a step is never longer than $eta c$. A short gradient stays as it is.
                """);
        Weight clipped = new Weight("weights", Array.zeros(2));
        double longest = 0;
        double turned = 0;
        for (double w = 0.5; w < 1.3; w += 0.01) {
            double[] g = gradient(w, 0.5);
            clipped.setGradient(Array.of(g.clone(), 2));
            double norm = GradientClipping.clip(List.of(clipped), 1);
            double after = clipped.gradient().norm();
            longest = Math.max(longest, after);
            double cosine = (g[0] * clipped.gradient().get(0)
                            + g[1] * clipped.gradient().get(1))
                    / (norm * after);
            turned = Math.max(turned, Math.abs(1 - cosine));
        }
        page.claim("After clipping to 1, no gradient is longer than 1.").atMost(longest, 1 + 1e-12);
        page.claim("And none points elsewhere (1 − cosine).").atMost(turned, 1e-12);
        List<Frame> frames = new ArrayList<>();
        double[] limits = {0.1, 0.3, 1, 3, 10, 30, 100, 300};
        double[] ends = new double[limits.length];
        for (int i = 0; i < limits.length; i++) {
            double[] losses = train(0.001, limits[i], 2_000);
            ends[i] = losses[2_000];
            double[] steps = new double[101];
            double[] shown = new double[101];
            for (int k = 0; k <= 100; k++) {
                steps[k] = 20 * k;
                shown[k] = Math.min(1e12, Math.max(losses[20 * k], 1e-12));
            }
            frames.add(new Frame(
                    Double.toString(limits[i]),
                    LineChart.of("step", "loss")
                            .yScale(Scale.LOG)
                            .line("clipped", steps, shown)
                            .figure("The loss with gradients clipped to this norm (drawn between 1e-12 and 1e12).")));
        }
        page.figure(Frames.of("limit c", frames).choose(2));
        page.claim("With the limit 1, the same descent solves the task.").atMost(ends[2], 1e-3);
        page.claim("A limit of 0.1 is safe but slow: after 2,000 steps the loss is larger.")
                .atLeast(ends[0], 10 * ends[2]);
    }
}
