package dev.jzoo.labs.sequences;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.checking.GradientCheck;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.GradientClipping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A simple recurrent network and an LSTM on the adding problem, with growing distances. */
public final class LongMemoryLab implements Lab {

    private static final int UNITS = 16;

    /** Fills sequences [batch, steps, 2] of a number and a mark, two marks in each, and returns the sums of the marked numbers. */
    private static Array fill(Array x, Random random) {
        int half = x.size(1) / 2;
        Array sums = Array.zeros(x.size(0), 1);
        for (int n = 0; n < x.size(0); n++) {
            for (int t = 0; t < x.size(1); t++) {
                x.set(random.nextDouble(), n, t, 0);
            }
            for (int mark : new int[] {random.nextInt(half), half + random.nextInt(half)}) {
                x.set(1, n, mark, 1);
                sums.set(sums.get(n, 0) + x.get(n, mark, 0), n, 0);
            }
        }
        return sums;
    }

    private static NeuralNetwork network(NeuralLayer recurrent, Random random) {
        return NeuralNetwork.of(recurrent, new LastStepLayer(), DenseLayer.of(UNITS, 1, WeightInit.xavier(), random));
    }

    private static NeuralNetwork simple(Random random) {
        return network(SimpleRnn.of(2, UNITS, WeightInit.xavier(), random), random);
    }

    /** Returns an LSTM whose forget gates start with a bias of 1, which keeps them open (Gers and others, 2000). */
    private static NeuralNetwork lstm(Random random) {
        Lstm lstm = Lstm.of(2, UNITS, WeightInit.xavier(), random);
        Arrays.fill(lstm.weights().get(2).value().values(), UNITS, 2 * UNITS, 1);
        return network(lstm, random);
    }

    /** Trains a network on new sequences in each update, and returns the losses. */
    private static double[] train(NeuralNetwork network, int steps, int updates, double rate, Random random) {
        AdamRule adam = new AdamRule();
        double[] losses = new double[updates];
        for (int update = 0; update < updates; update++) {
            Array x = Array.zeros(32, steps, 2);
            Array sums = fill(x, random);
            Array y = network.forward(x, Phase.TRAINING);
            network.setGradients(PointwiseLoss.MEAN_SQUARED_ERROR.gradient(y, sums));
            GradientClipping.clip(network.weights(), 1);
            adam.step(network.weights(), rate);
            losses[update] = PointwiseLoss.MEAN_SQUARED_ERROR.value(y, sums);
        }
        return losses;
    }

    private static double last(double[] losses) {
        return Arrays.stream(losses, Math.max(0, losses.length - 50), losses.length)
                .average()
                .orElseThrow();
    }

    /** Returns the derivatives of the output with respect to the number of each step. */
    private static double[] derivatives(NeuralNetwork network, Array x) {
        network.forward(x, Phase.INFERENCE);
        Array slopes = network.backward(Array.of(new double[] {1}, 1, 1));
        double[] result = new double[x.size(1)];
        for (int t = 0; t < result.length; t++) {
            result[t] = slopes.get(0, t, 0);
        }
        return result;
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "long-memory",
                "Long memory",
                "Why does an LSTM remember what a simple recurrent network forgets?",
                Chapter.SEQUENCES);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                The **adding problem** (Hochreiter and Schmidhuber, 1997) is a test of memory. Each step brings a random number from 0 to 1 and
                a mark. Two of the numbers are marked, one in each half of the sequence, and at the end the network must give their sum.
                A network that forgets the first mark can only guess. The best guess is 1, and its squared error is the variance of a sum
                of two uniform numbers, $1/12 + 1/12 = 1/6$.
                """);
        Random random = page.random();
        Array many = Array.zeros(5_000, 10, 2);
        Array sums = fill(many, random);
        double guessing = PointwiseLoss.MEAN_SQUARED_ERROR.value(sums.map(sum -> 1), sums);
        page.claim("Always answering 1 has an error of 1/6.").near(guessing, 1.0 / 6, 0.01);

        page.text("""
                A simple recurrent network replaces its state in each step, $h_t = tanh(x_t W + h_(t-1) R + b)$. On the way back the gradient is
                multiplied with $R$ and with slopes of tanh again and again, and it shrinks or grows exponentially. An **LSTM** has a second
                state, the cell, which is not replaced, but added to:

                $$c_t = f_t c_(t-1) + i_t g_t$$

                The gates $f$, $i$ lie between 0 and 1. Along the cell the gradient is multiplied with $f_t$ only. A network that wants to
                remember opens this gate, $f_t ~~ 1$, and the gradient passes unchanged. Before we trust the layer, we check it.
                """);
        Array x = Array.zeros(2, 12, 2);
        Array targets = fill(x, random);
        page.claim("Gradients of the LSTM over 12 steps equal finite differences (largest relative difference).")
                .atMost(
                        GradientCheck.of(lstm(random), PointwiseLoss.MEAN_SQUARED_ERROR, x, targets)
                                .worst(),
                        1e-6);

        page.text("""
                Both networks have 16 units and get the same number of updates with Adam, with clipped gradients. The LSTM learns at a rate of
                0.01. The simple network gets two chances, 0.01 and 0.003, and the better one counts.
                """);
        int[] lengths = page.size() == LabSize.FULL ? new int[] {10, 20, 40} : new int[] {6, 10};
        int seeds = page.pick(1, 2, 3);
        int updates = page.pick(5, 200, 500);
        Table table = Table.captioned("Squared error of the last 50 updates, mean of the seeds. Guessing has 0.1667.")
                .whole("steps")
                .decimal("simple", 4)
                .decimal("LSTM", 4);
        double simpleError = 0;
        double lstmError = 0;
        double worst = 0;
        List<Frame> curves = new ArrayList<>();
        List<Frame> slopes = new ArrayList<>();
        for (int steps : lengths) {
            simpleError = 0;
            lstmError = 0;
            worst = 0;
            for (int seed = 0; seed < seeds; seed++) {
                long start = page.seed() + seed;
                NeuralNetwork fast = simple(new Random(start));
                NeuralNetwork slow = simple(new Random(start));
                NeuralNetwork gated = lstm(new Random(start));
                double[] fastLosses = train(fast, steps, updates, 0.01, new Random(start));
                double[] slowLosses = train(slow, steps, updates, 0.003, new Random(start));
                double[] lstmLosses = train(gated, steps, updates, 0.01, new Random(start));
                boolean fastWins = last(fastLosses) < last(slowLosses);
                simpleError += Math.min(last(fastLosses), last(slowLosses)) / seeds;
                lstmError += last(lstmLosses) / seeds;
                worst = Math.max(worst, last(lstmLosses));
                if (seed == 0) {
                    Array one = Array.zeros(1, steps, 2);
                    fill(one, random);
                    double[] marks = new double[steps];
                    for (int t = 0; t < steps; t++) {
                        marks[t] = one.get(0, t, 1);
                    }
                    String name = Integer.toString(steps);
                    curves.add(new Frame(
                            name,
                            LineChart.of("update", "squared error")
                                    .yScale(Scale.LOG)
                                    .line("simple", fastWins ? fastLosses : slowLosses)
                                    .line("LSTM", lstmLosses)
                                    .level("guessing", 1.0 / 6)
                                    .figure("Error while training on sequences of " + steps + " steps.")));
                    slopes.add(new Frame(
                            name,
                            LineChart.of("step", "derivative of the answer")
                                    .line("simple", derivatives(fastWins ? fast : slow, one))
                                    .line("LSTM", derivatives(gated, one))
                                    .line("right", marks)
                                    .figure("What the answer depends on, for one sequence of " + steps + " steps.")));
                }
            }
            table.row(steps, simpleError, lstmError);
        }
        page.table(table);
        page.figure(Frames.of("steps", curves).choose(curves.size() - 1));
        if (page.size() == LabSize.QUICK) {
            page.claim("With 10 steps the LSTM learns faster (error of the LSTM, at most that of the other).")
                    .atMost(lstmError, simpleError);
        }
        if (page.size() == LabSize.FULL) {
            page.claim("With 40 steps the LSTM solves the problem (worst seed).")
                    .atMost(worst, 0.02);
            page.claim("The simple network has at least ten times its error.").atLeast(simpleError, 10 * lstmError);
        }

        page.text("""
                What did they learn? The right answer is the sum of the marked numbers. So its derivative with respect to each number is 1 at
                a mark and 0 elsewhere, and backpropagation computes this derivative for us. A network that has not learned looks nowhere, or only at the last
                steps. Given more updates, the simple network begins to learn 40 steps, too. The LSTM is not the only one that can:
                it learns sooner, and further.
                """);
        page.figure(Frames.of("steps", slopes).choose(slopes.size() - 1));
    }
}
