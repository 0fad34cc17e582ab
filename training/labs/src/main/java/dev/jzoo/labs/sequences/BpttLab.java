package dev.jzoo.labs.sequences;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.checking.GradientCheck;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Backpropagation through time: in full, by hand, and truncated. */
public final class BpttLab implements Lab {

    private static final int STEPS = 24;

    /** Returns the gradient of the loss with respect to the recurrent weights, as one list of numbers. */
    private static double[] gradient(SimpleRnn rnn, Array x, Array outputGradient) {
        rnn.forward(x, Phase.TRAINING);
        rnn.backward(outputGradient);
        return rnn.weights().get(1).gradient().copy().values();
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
    }

    /** Returns the cosine of the angle between two gradients: 1 is the same direction, 0 a right angle. */
    private static double cosine(double[] a, double[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot / (norm(a) * norm(b));
    }

    /** Returns the loss of each update when a network learns to name the sign at the beginning of a sequence. */
    private static double[] lossCurve(int lag, int truncation, int updates, long seed) {
        Random random = new Random(seed);
        int units = 8;
        NeuralNetwork network = NeuralNetwork.of(
                new SimpleRnn(
                        WeightInit.xavier().draw(random, 1, units, 1, units),
                        WeightInit.xavier().draw(random, units, units, units, units),
                        Array.zeros(units),
                        truncation),
                new LastStepLayer(),
                DenseLayer.of(units, 1, WeightInit.xavier(), random));
        AdamRule rule = new AdamRule();
        double[] losses = new double[updates];
        for (int update = 0; update < updates; update++) {
            Array x = Array.zeros(32, lag + 1, 1).map(zero -> random.nextBoolean() ? 1 : -1);
            Array target = Array.zeros(32, 1);
            for (int n = 0; n < 32; n++) {
                target.set(x.get(n, 0, 0), n, 0);
            }
            Array y = network.forward(x, Phase.TRAINING);
            network.setGradients(PointwiseLoss.MEAN_SQUARED_ERROR.gradient(y, target));
            rule.step(network.weights(), 0.01);
            losses[update] = PointwiseLoss.MEAN_SQUARED_ERROR.value(y, target);
        }
        return losses;
    }

    /** Returns the mean loss of the last 20 updates. */
    private static double recallLoss(int lag, int truncation, int updates, long seed) {
        double[] losses = lossCurve(lag, truncation, updates, seed);
        return Arrays.stream(losses, updates - 20, updates).average().orElseThrow();
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "bptt",
                "Backpropagation through time",
                "How does a recurrent network learn, and what does truncation cost?",
                Chapter.SEQUENCES);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A recurrent network uses the same weights in each step: $h_t = tanh(x_t W + h_(t-1) R + b)$. Unroll it, and it is a deep
                network with one layer for each step whose layers share their weights. So backpropagation applies as it is. The gradient of a
                shared weight is the sum over all places where it is used. Let $a_t$ be the argument of tanh.

                $$(del L)/(del a_t) = (1 - h_t^2) ((del L)/(del h_t) + (del L)/(del a_(t+1)) R^T)$$

                $$(del L)/(del R) = sum_t h_(t-1)^T (del L)/(del a_t)$$

                This is **backpropagation through time** (Werbos, 1990). First we check it: with one unit, against a dozen lines by hand,
                and with ten, against finite differences.
                """);
        Random random = page.random();
        double w = 0.8;
        double r = 0.9;
        double[] input = new double[STEPS];
        double[] h = new double[STEPS + 1]; // h[t + 1] is the state after step t
        for (int t = 0; t < STEPS; t++) {
            input[t] = random.nextGaussian();
            h[t + 1] = Math.tanh(w * input[t] + r * h[t]);
        }
        double byHand = 0;
        double chain = 1; // $(del h_T)/(del a_t)$ for the loss $L = h_T$
        for (int t = STEPS - 1; t >= 0; t--) {
            chain *= 1 - h[t + 1] * h[t + 1];
            byHand += chain * h[t];
            chain *= r;
        }
        SimpleRnn one = new SimpleRnn(Array.rows(new double[] {w}), Array.rows(new double[] {r}), Array.zeros(1));
        Array last = Array.zeros(1, STEPS, 1);
        last.set(1, 0, STEPS - 1, 0);
        double ofLayer = gradient(one, LagWindows.sequences(input), last)[0];
        page.print("dL/dr: %.12f by hand, %.12f by the layer", byHand, ofLayer);
        page.claim("One unit: the layer's gradient is the one by hand.").near(ofLayer, byHand, 1e-12);
        int units = 10;
        SimpleRnn rnn = SimpleRnn.of(3, units, WeightInit.xavier(), random);
        Array x = Array.zeros(4, STEPS, 3).map(zero -> random.nextGaussian());
        Array outputGradient = Array.zeros(4, STEPS, units).map(zero -> random.nextGaussian());
        GradientCheck check = GradientCheck.of(rnn, x, outputGradient);
        page.print("%d derivatives compared with finite differences", check.count());
        page.claim("Ten units: all gradients equal finite differences (largest relative difference).")
                .atMost(check.worst(), 1e-6);

        page.text("""
                Real sequences have thousands of steps, and full backpropagation keeps them all in memory. **Truncated** backpropagation cuts
                the sequence into pieces of $k$ steps. The state still flows through all of them; only the gradient stops at a cut. With
                $k = T$ nothing is cut, so both must be equal, to the last bit.
                """);
        double[] full = gradient(rnn, x, outputGradient);
        double[] cosines = new double[STEPS];
        double[] errors = new double[STEPS - 1];
        double[] lengths = new double[STEPS];
        List<Weight> weights = rnn.weights();
        for (int k = 1; k <= STEPS; k++) {
            SimpleRnn truncated = new SimpleRnn(
                    weights.get(0).value(),
                    weights.get(1).value(),
                    weights.get(2).value(),
                    k);
            double[] g = gradient(truncated, x, outputGradient);
            double[] difference = new double[g.length];
            for (int i = 0; i < g.length; i++) {
                difference[i] = g[i] - full[i];
            }
            lengths[k - 1] = k;
            cosines[k - 1] = cosine(g, full);
            if (k < STEPS) {
                errors[k - 1] = norm(difference) / norm(full);
            } else {
                page.claim("With k = T the truncated gradient is the full one (norm of the difference).")
                        .near(norm(difference), 0, 0);
            }
        }
        page.figure(
                LineChart.of("k, steps between two cuts", "cosine to the full gradient")
                        .line("cosine", lengths, cosines)
                        .figure(
                                "With long pieces the truncated gradient points almost in the right direction, with short ones it does not."));
        page.claim("With k = 1 the gradient is wrong by more than a tenth (relative difference).")
                .atLeast(errors[0], 0.1);

        page.text("""
                For a network that forgets, this error is harmless: the gradient of a far step is tiny anyway. It matters where a network has to
                remember. The test: a sequence of random signs, +1 or -1. At its end the network must name the first of them, $d = 6$ steps
                ago. Always answering 0 has a loss of 1.
                """);
        int distance = 6;
        int seeds = page.pick(2, 3, 12);
        int updates = page.pick(30, 250, 400);
        int[] pieces = {1, 2, 3, 4, 5, 6, 7};
        double[][] curves = new double[seeds][pieces.length];
        double[] means = new double[pieces.length];
        for (int seed = 0; seed < seeds; seed++) {
            for (int i = 0; i < pieces.length; i++) {
                curves[seed][i] = recallLoss(distance, pieces[i], updates, page.seed() + seed);
                means[i] += curves[seed][i] / seeds;
            }
        }
        Table table = Table.captioned("Loss at the end of training: mean, least and largest of the seeds.")
                .whole("k")
                .significant("mean")
                .significant("least")
                .significant("largest");
        for (int i = 0; i < pieces.length; i++) {
            int k = i;
            double[] sorted = Arrays.stream(curves)
                    .mapToDouble(curve -> curve[k])
                    .sorted()
                    .toArray();
            table.row(pieces[i], means[i], sorted[0], sorted[seeds - 1]);
        }
        page.table(table);

        page.text("""
                With $k = 7$ the gradient reaches the sign, and each network learns the task. With less, learning is a matter of luck. Why
                does it work at all? Nothing taught these networks to remember, but random recurrent weights carry some memory of the
                first sign anyway, and the last layer learns to read it. A network that relies on this alone is called an *echo state
                network* (Jaeger, 2001).

                Here the cuts are before the steps $k, 2 k, 3 k, ...$ With $k = 1, 2, 3$ or $6$ there is one right before the last step, where the
                loss is. So these four must train the same network, although their pieces are of different length.
                """);
        page.figure(LineChart.of("update", "loss")
                .line("k = 6", lossCurve(distance, 6, updates, page.seed()))
                .line("k = 7, full", lossCurve(distance, 7, updates, page.seed()))
                .level("always 0", 1)
                .figure("The loss of two networks with the same initial weights and data."));
        double spread = Math.abs(means[1] - means[0]) + Math.abs(means[2] - means[0]) + Math.abs(means[5] - means[0]);
        page.claim("k = 1, 2, 3 and 6 give the same loss (sum of the differences of the means).")
                .near(spread, 0, 0);
        if (page.size() != LabSize.SMALLEST) {
            double best = Arrays.stream(means).limit(6).min().orElseThrow();
            page.claim(
                            "The loss with the full gradient is at most a tenth of any truncated one (means over the seeds).")
                    .atMost(means[6], best / 10);
        }
    }
}
