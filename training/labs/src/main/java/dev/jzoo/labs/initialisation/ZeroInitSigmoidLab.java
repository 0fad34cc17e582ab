package dev.jzoo.labs.initialisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.DecisionRegions;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** A sigmoid network that starts at zero learns, but all its hidden units stay the same unit. */
public final class ZeroInitSigmoidLab implements Lab {

    private static final double RATE = 2;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "zero-init-sigmoid",
                "All weights zero, with sigmoid",
                "What does a sigmoid network learn if all its weights start at zero?",
                Chapter.INITIALISATION);
    }

    /** Creates a network of two inputs, some sigmoid units and one output, the logit of class 1. */
    private static NeuralNetwork network(int units, WeightInit init, Random random) {
        return NeuralNetwork.of(
                DenseLayer.of(2, units, init, random), Elementwise.sigmoid(), DenseLayer.of(units, 1, init, random));
    }

    /** Trains with full batches. Each weight has its own learning rate, in the order W, b, v, c. Returns the losses. */
    private static double[] train(NeuralNetwork network, PlanePoints points, int epochs, double... rates) {
        double[] losses = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            Array y = network.forward(points.inputs(), NeuralLayer.Phase.TRAINING);
            losses[epoch] = PointwiseLoss.SIGMOID_CROSS_ENTROPY.value(y, points.targets());
            network.backward(PointwiseLoss.SIGMOID_CROSS_ENTROPY.gradient(y, points.targets()));
            for (int i = 0; i < 4; i++) {
                double[] w = network.weights().get(i).value().values();
                double[] g = network.weights().get(i).gradient().values();
                for (int j = 0; j < w.length; j++) {
                    w[j] -= rates[i] * g[j];
                }
            }
        }
        return losses;
    }

    /** Returns the points over the regions of both classes. */
    private static DecisionRegions regions(NeuralNetwork network, PlanePoints points) {
        DecisionRegions chart = DecisionRegions.of("x₁", "x₂", List.of("class 0", "class 1"))
                .x(-2, 2)
                .y(-1.5, 1.5);
        chart.classifier((x, y) -> network.forward(Array.rows(new double[] {x, y}), NeuralLayer.Phase.INFERENCE)
                                .get(0, 0)
                        > 0
                ? 1
                : 0);
        for (int c = 0; c < 2; c++) {
            chart.examples(c, points.coordinate(0, c), points.coordinate(1, c));
        }
        return chart;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A sigmoid unit with weights 0 outputs $1/2$, not 0. So the output weights get a gradient, $(del L)/(del v_j) = delta h_j$, and
                after one step the hidden weights get one, too: $(del L)/(del w_j) = delta v_j h_j (1 - h_j) x$. The network
                leaves zero. But look at the index: nothing on the right depends on $j$ except through $v_j$ and $h_j$, and these
                started equal. **All hidden units get the same gradient and stay equal for ever.** The symmetry must be broken from
                outside, by random weights.
                """);
        int units = 10;
        PlanePoints all = PlanePoints.moons(page.pick(100, 200, 200), 0.1, page.random());
        PlanePoints points =
                all.take(IntStream.range(0, all.size()).filter(i -> i % 4 != 3).toArray()); // a third in class 1
        int epochs = page.pick(500, 1_500, 5_000);
        NeuralNetwork zero = network(units, WeightInit.zero(), page.random());
        double[] zeroLosses = train(zero, points, epochs, RATE, RATE, RATE, RATE);
        Array w = zero.weights().get(0).value();
        Array v = zero.weights().get(2).value();
        double apart = 0;
        for (int j = 1; j < units; j++) {
            apart = Math.max(apart, Math.abs(w.get(0, j) - w.get(0, 0)));
            apart = Math.max(apart, Math.abs(w.get(1, j) - w.get(1, 0)));
            apart = Math.max(apart, Math.abs(v.get(j, 0) - v.get(0, 0)));
        }
        page.print(
                "weights of unit 1: %.4f %.4f, of unit 2: %.4f %.4f, of unit 10: %.4f %.4f",
                w.get(0, 0), w.get(1, 0), w.get(0, 1), w.get(1, 1), w.get(0, 9), w.get(1, 9));
        page.claim("The hidden weights have moved (norm).").atLeast(w.norm(), 0.1);
        page.claim("All ten units still have equal weights (largest difference).")
                .atMost(apart, 1e-12);

        page.text("""
                Ten equal units are one unit. If $n$ units share the weights $w$ and $v$, the output is $sigma(n v h + c)$: a network with
                one hidden unit and the output weight $V = n v$. By the chain rule, a step of rate $eta$ for the ten is a step of rate
                $n eta$ for $V$ and of rate $eta // n$ for $w$. So we train a network with **one** unit at these rates. If the
                argument is right, both curves of loss are the same.
                """);
        NeuralNetwork one = network(1, WeightInit.zero(), page.random());
        double[] oneLosses = train(one, points, epochs, RATE / units, RATE / units, RATE * units, RATE);
        page.claim("Ten units from zero learn exactly what one unit learns (largest difference of the losses).")
                .atMost(
                        IntStream.range(0, epochs)
                                .mapToDouble(i -> Math.abs(zeroLosses[i] - oneLosses[i]))
                                .max()
                                .orElseThrow(),
                        1e-9);

        page.text("""
                One sigmoid unit can only draw a straight line between the classes, and no line separates the moons. Random weights
                make ten different units of the ten.
                """);
        NeuralNetwork random = network(units, WeightInit.normal(1), page.random());
        train(random, points, epochs, RATE, RATE, RATE, RATE);
        page.figure(regions(zero, points).figure("From zero: ten units draw one line."));
        page.figure(
                regions(random, points).figure("From random weights: ten units bend the border around both moons."));
        double zeroAccuracy = points.accuracy(zero.forward(points.inputs(), NeuralLayer.Phase.INFERENCE));
        double randomAccuracy = points.accuracy(random.forward(points.inputs(), NeuralLayer.Phase.INFERENCE));
        page.print("accuracy from zero %.1f %%, from random weights %.1f %%", 100 * zeroAccuracy, 100 * randomAccuracy);
        page.claim("From zero, some points stay on the wrong side of the line (accuracy).")
                .atMost(zeroAccuracy, 0.98);
        if (page.size() != LabSize.SMALLEST) {
            page.claim("From random weights, nearly all points are right (accuracy).")
                    .atLeast(randomAccuracy, 0.98);
        }

        page.text("""
                How random must the weights be? Any difference is enough in the end, since the symmetric path is unstable: differences between units
                grow. But they need time to grow. The slider sets the standard deviation of the initial weights.
                """);
        List<Frame> frames = new ArrayList<>();
        for (double deviation : new double[] {0, 1e-9, 1e-6, 1e-4, 0.01, 0.1, 0.5, 1, 2, 4}) {
            NeuralNetwork each = network(units, WeightInit.normal(deviation), page.random());
            double[] losses = train(each, points, epochs, RATE, RATE, RATE, RATE);
            double[] thinned = IntStream.range(0, 50)
                    .mapToDouble(i -> losses[i * epochs / 50])
                    .toArray();
            double[] at =
                    IntStream.range(0, 50).mapToDouble(i -> 1 + i * epochs / 50).toArray();
            frames.add(new Frame(
                    String.format(Locale.ROOT, "%s", deviation),
                    LineChart.of("epoch", "cross-entropy")
                            .line("loss", at, thinned)
                            .level("ten units from zero, at the end", zeroLosses[epochs - 1])
                            .figure("Ten sigmoid units with random weights of this size.")));
        }
        page.figure(Frames.of("standard deviation of the weights", frames).choose(7));

        page.text("""
                One more trap: with equally many points in both classes and full batches, the sums $sum delta h_j$ cancel, the gradient
                is exactly 0, and even the sigmoid network never leaves its starting point.
                """);
        NeuralNetwork balanced = network(units, WeightInit.zero(), page.random());
        train(balanced, all, 100, RATE, RATE, RATE, RATE);
        page.claim("With balanced classes all weights stay at 0 (norm of W and v).")
                .atMost(
                        balanced.weights().get(0).value().norm()
                                + balanced.weights().get(2).value().norm(),
                        1e-12);
    }
}
