package dev.jzoo.labs.initialisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.SgdRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Gradients of ten hidden layers with sigmoid, ReLU and tanh units. */
public final class VanishingGradientLab implements Lab {

    private static final int HIDDEN = 10;

    private static final int WIDTH = 32;

    private static final double[] LAYERS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    @Override
    public LabInfo info() {
        return new LabInfo(
                "vanishing-gradient",
                "Vanishing gradients",
                "Why do the first layers of a deep sigmoid network hardly learn?",
                Chapter.INITIALISATION);
    }

    /** Creates ten hidden layers, and one output: the logit of class 1. */
    private static NeuralNetwork network(Elementwise.Function activation, WeightInit init, Random random) {
        List<NeuralLayer> layers = new ArrayList<>();
        for (int k = 0; k < HIDDEN; k++) {
            layers.add(DenseLayer.of(k == 0 ? 2 : WIDTH, WIDTH, init, random));
            layers.add(new Elementwise(activation));
        }
        layers.add(DenseLayer.of(WIDTH, 1, init, random));
        return new NeuralNetwork(layers);
    }

    /** Returns the root mean square of the gradient with respect to each hidden layer's sums, the inputs of its activation. */
    private static double[] gradientSizes(NeuralNetwork network, PlanePoints points) {
        Array y = network.forward(points.inputs(), NeuralLayer.Phase.TRAINING);
        Array gradient = PointwiseLoss.SIGMOID_CROSS_ENTROPY.gradient(y, points.targets());
        double[] sizes = new double[HIDDEN];
        for (int i = network.layers().size() - 1; i >= 1; i--) {
            gradient = network.layers().get(i).backward(gradient);
            if (i % 2 == 1 && i < 2 * HIDDEN) {
                sizes[i / 2] = gradient.norm() / Math.sqrt(gradient.count());
            }
        }
        return sizes;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Backpropagation multiplies. The gradient of layer $k$ is that of layer $k + 1$, times the weights, times the slope of the
                activation:

                $$(del L)/(del f_k) = f'(z_k) odot W_(k+1)^T (del L)/(del f_(k+1))$$

                The slope of the sigmoid is at most $1/4$. Ten layers multiply to about $(1/4)^9 ~~ 4 * 10^-6$. The slope of tanh
                is up to 1, and that of ReLU is 1 or 0.
                """);
        int seeds = page.pick(5, 20, 50);
        Elementwise.Function[] activations = {
            Elementwise.Function.SIGMOID, Elementwise.Function.TANH, Elementwise.Function.RELU
        };
        double[][] logs = new double[3][HIDDEN]; // mean over the seeds of log10 of the size
        for (int a = 0; a < 3; a++) {
            for (int seed = 0; seed < seeds; seed++) {
                Random random = new Random(page.seed() + seed);
                PlanePoints points = PlanePoints.moons(page.pick(50, 200, 200), 0.1, random);
                double[] sizes = gradientSizes(network(activations[a], WeightInit.xavier(), random), points);
                for (int k = 0; k < HIDDEN; k++) {
                    logs[a][k] += Math.log10(sizes[k]) / seeds;
                }
            }
        }
        page.figure(LineChart.of("hidden layer", "log10 of the gradient's size")
                .line("sigmoid", LAYERS, logs[0])
                .line("tanh", LAYERS, logs[1])
                .line("ReLU", LAYERS, logs[2])
                .figure("The gradient of each hidden layer before training, geometric mean over " + seeds
                        + " networks."));
        Table ratios = Table.captioned(
                        "How much smaller the gradient of the first hidden layer is than that of the last.")
                .text("activation")
                .significant("last / first")
                .decimal("factor per layer", 3);
        for (int a = 0; a < 3; a++) {
            double ratio = logs[a][HIDDEN - 1] - logs[a][0];
            ratios.row(
                    activations[a].name().toLowerCase(Locale.ROOT),
                    Math.pow(10, ratio),
                    Math.pow(10, -ratio / (HIDDEN - 1)));
        }
        page.table(ratios);
        page.claim("Sigmoid: the last gradient is 10^5 to 10^6 times the first (log10).")
                .between(logs[0][HIDDEN - 1] - logs[0][0], 5, 6);
        page.claim("Tanh: no more than 5 times.").atMost(Math.pow(10, logs[1][HIDDEN - 1] - logs[1][0]), 5);
        page.claim("ReLU: 10 to 100 times, since Xavier weights suit tanh, not ReLU.")
                .between(Math.pow(10, logs[2][HIDDEN - 1] - logs[2][0]), 10, 100);

        page.text("""
                The factors per layer have a theory. Xavier weights keep the mean square, so what remains is the mean square of the
                slope: for ReLU it is $1/2$, as half of the units are off, and each layer scales by $sqrt(1//2) ~~ 0.707$. For the sigmoid
                it is just below the bound of $1/4$, because the sums are small and $sigma'(0) = 1/4$ is its largest slope.
                """);
        page.claim("ReLU scales the gradient by √(1/2) in each layer.")
                .near(Math.pow(10, (logs[2][0] - logs[2][HIDDEN - 1]) / (HIDDEN - 1)), Math.sqrt(0.5), 0.04);
        page.claim("Sigmoid scales it by just less than 1/4.")
                .between(Math.pow(10, (logs[0][0] - logs[0][HIDDEN - 1]) / (HIDDEN - 1)), 0.21, 0.25);

        page.text("""
                Can other weights repair it? The slider multiplies Xavier's standard deviation. With four times as much, the sigmoid network keeps its
                gradient fairly well, for its slope of $1/4$ is made up for. But nothing suits all: the same weights explode with ReLU.
                """);
        List<Frame> frames = new ArrayList<>();
        for (double factor : new double[] {0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8}) {
            LineChart chart = LineChart.of("hidden layer", "log10 of the gradient's size");
            for (Elementwise.Function activation : activations) {
                Random random = page.random();
                PlanePoints points = PlanePoints.moons(50, 0.1, random);
                WeightInit init = (draw, in, out, shape) ->
                        WeightInit.xavier().draw(draw, in, out, shape).times(factor);
                double[] sizes = gradientSizes(network(activation, init, random), points);
                chart.line(
                        activation.name().toLowerCase(Locale.ROOT),
                        LAYERS,
                        Arrays.stream(sizes).map(Math::log10).toArray());
            }
            frames.add(
                    new Frame(String.format(Locale.ROOT, "%.2f", factor), chart.figure("One network of each kind.")));
        }
        page.figure(Frames.of("factor on Xavier's standard deviation", frames).choose(2));

        page.text("""
                Small gradients would not matter if they were small everywhere: a larger learning rate would help. But a rate that suits
                the last layer is a million times too small for the first. So the sigmoid network trains its last layer on the noise
                that ten random layers pass on, and stays at the loss of a guess, $ln 2 = 0.693$.
                """);
        int epochs = page.pick(100, 150, 300);
        int runs = page.pick(1, 1, 3);
        double[][] losses = new double[3][epochs];
        double[] firstLayerMoved = new double[3]; // $||W_1 - W_1^0|| // ||W_1^0||$
        for (int a = 0; a < 3; a++) {
            for (int seed = 0; seed < runs; seed++) {
                Random random = new Random(page.seed() + seed);
                PlanePoints points = PlanePoints.moons(page.pick(40, 100, 200), 0.1, random);
                NeuralNetwork network = network(activations[a], WeightInit.xavier(), random);
                Array before = network.weights().get(0).value().copy();
                SgdRule sgd = new SgdRule();
                for (int epoch = 0; epoch < epochs; epoch++) {
                    Array y = network.forward(points.inputs(), NeuralLayer.Phase.TRAINING);
                    losses[a][epoch] += PointwiseLoss.SIGMOID_CROSS_ENTROPY.value(y, points.targets()) / runs;
                    network.backward(PointwiseLoss.SIGMOID_CROSS_ENTROPY.gradient(y, points.targets()));
                    sgd.step(network.weights(), 0.1);
                }
                Array moved = network.weights().get(0).value().minus(before);
                firstLayerMoved[a] += moved.norm() / before.norm() / runs;
            }
        }
        page.figure(LineChart.ofEpochs("cross-entropy")
                .line("sigmoid", losses[0])
                .line("tanh", losses[1])
                .line("ReLU", losses[2])
                .level("guessing, ln 2", Math.log(2))
                .figure("Training with full batches and learning rate 0.1. The sigmoid network does not start."));
        page.claim("After training, the sigmoid network has the loss of a guess.")
                .near(losses[0][epochs - 1], Math.log(2), 0.005);
        page.claim("Tanh has learned: its lowest loss is far below that of a guess.")
                .atMost(Arrays.stream(losses[1]).min().orElseThrow(), 0.5);
        page.claim("ReLU has learned, too.")
                .atMost(Arrays.stream(losses[2]).min().orElseThrow(), 0.5);
        page.claim("The first layer of the sigmoid network has hardly moved (relative change).")
                .atMost(firstLayerMoved[0], 1e-4);
        page.claim("That of the tanh network has.").atLeast(firstLayerMoved[1], 0.01);
    }
}
