package dev.jzoo.labs.initialisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The size of signals and gradients in a deep ReLU network, by the variance of its initial weights. */
public final class InitializationLab implements Lab {

    private static final int DEPTH = 50;

    private static final int WIDTH = 80;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "initialization",
                "How large should initial weights be?",
                "Why does a deep network need initial weights of exactly the right size?",
                Chapter.INITIALISATION);
    }

    /** Creates 50 layers of 80 ReLU units for one input. The weights are normal with the given variance, the biases are 0. */
    private static NeuralNetwork network(double variance, Random random) {
        List<NeuralLayer> layers = new ArrayList<>();
        for (int k = 0; k < DEPTH; k++) {
            layers.add(DenseLayer.of(k == 0 ? 1 : WIDTH, WIDTH, WeightInit.normal(Math.sqrt(variance)), random));
            layers.add(Elementwise.relu());
        }
        return new NeuralNetwork(layers);
    }

    /** Returns the standard deviation of all values of an array. */
    private static double spread(Array values) {
        double mean = values.sum() / values.count();
        return values.map(x -> x - mean).norm() / Math.sqrt(values.count());
    }

    /** Returns the spread of the activations after each layer. */
    private static double[] forward(NeuralNetwork network, Array x) {
        double[] spreads = new double[DEPTH];
        Array h = x;
        for (int k = 0; k < DEPTH; k++) {
            h = network.layers().get(2 * k).forward(h, NeuralLayer.Phase.TRAINING); // $f_k = W_k h_(k-1)$
            h = network.layers().get(2 * k + 1).forward(h, NeuralLayer.Phase.TRAINING); // $h_k = ReLU(f_k)$
            spreads[k] = spread(h);
        }
        return spreads;
    }

    /** Returns the spread of the gradient with respect to the activations after each layer, for a random gradient at the end. */
    private static double[] backward(NeuralNetwork network, int points, Random random) {
        double[] spreads = new double[DEPTH];
        Array gradient = Array.zeros(points, WIDTH).map(zero -> random.nextGaussian());
        for (int k = DEPTH - 1; k >= 0; k--) {
            spreads[k] = spread(gradient);
            gradient = network.layers().get(2 * k + 1).backward(gradient);
            gradient = network.layers().get(2 * k).backward(gradient);
        }
        return spreads;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Before a network learns, a signal must get through it, and a gradient must get back. Each unit adds $D$ inputs, each
                times a random weight of variance $sigma^2$. Variances of independent terms add up, and ReLU then cuts off the negative
                half. So one layer multiplies the mean square of its signal by

                $$(E[h_k^2])/(E[h_(k-1)^2]) = 1/2 D sigma^2$$

                One layer does no harm. But the factor is applied once for each layer, and $a^50$ is either enormous or
                tiny unless $a$ is 1. The experiment is that of the notebook on initialisation in *Understanding Deep Learning*: 50
                layers of 80 units.
                """);
        int seeds = page.pick(6, 10, 20);
        int points = page.pick(20, 50, 100);
        double[] variances = {1, 2.0 / WIDTH, 0.01};
        double[][] signals = new double[3][DEPTH]; // log10 of the spread, mean over the seeds
        double[][] gradients = new double[3][DEPTH];
        for (int seed = 0; seed < seeds; seed++) {
            for (int v = 0; v < 3; v++) {
                Random random = new Random(page.seed() + seed);
                Array x = Array.zeros(points, 1).map(zero -> random.nextGaussian());
                NeuralNetwork network = network(variances[v], random);
                double[] signal = forward(network, x);
                double[] gradient = backward(network, points, random);
                for (int k = 0; k < DEPTH; k++) {
                    signals[v][k] += Math.log10(signal[k]) / seeds;
                    gradients[v][k] += Math.log10(gradient[k]) / seeds;
                }
            }
        }
        page.figure(LineChart.of("layer", "log10 of the spread of the activations")
                .line("σ² = 1", signals[0])
                .line("σ² = 2/D", signals[1])
                .line("σ² = 0.01", signals[2])
                .figure("The signal on its way forward, mean over " + seeds
                        + " networks. Only σ² = 2/D keeps its size."));
        page.claim("With σ² = 1 the spread of the last layer is about 10^38 (log10, mean over the networks).")
                .between(signals[0][DEPTH - 1], 37.5, 39.5);
        page.claim("With σ² = 0.01 it is about 10^-12 (log10).").between(signals[2][DEPTH - 1], -12.5, -10.5);
        page.claim("With σ² = 2/D it stays within a factor of 5 (log10 of last by first layer).")
                .between(signals[1][DEPTH - 1] - signals[1][0], -Math.log10(5), Math.log10(5));

        page.text("""
                The **gradient** goes the other way through the same weights, so the same factor applies to it: with $sigma^2 = 1$ the
                first layers get a gradient of $10^39$, and with $0.01$ they get none. A `float` ends at $3.4 * 10^38$; frameworks
                would print `NaN`.
                """);
        page.figure(LineChart.of("layer", "log10 of the spread of the gradient")
                .line("σ² = 1", gradients[0])
                .line("σ² = 2/D", gradients[1])
                .line("σ² = 0.01", gradients[2])
                .figure("The gradient on its way back, from layer 50 (right) to the first (left)."));
        page.claim("Backwards, σ² = 1 explodes as well (log10 of first by last layer).")
                .between(gradients[0][0] - gradients[0][DEPTH - 1], 38, 40);
        page.claim("And σ² = 2/D keeps the gradient within a factor of 5.")
                .between(gradients[1][0] - gradients[1][DEPTH - 1], -Math.log10(5), Math.log10(5));

        page.text("""
                The theory can be checked more sharply. A layer of finite width is a random factor, and the logarithm of a random factor
                is lower on average than that of its mean. For ReLU, $Var(h^2)/(E[h^2]^2) = 5$. To first order in $1//D$, the growth per layer is

                $$E[log((||h_k||)/(||h_(k-1)||))] ~~ 1/2 log((D sigma^2)/2) - 5/(4 D)$$

                So even at $2//D$ a typical signal shrinks slowly: wide networks keep their signals better than narrow ones
                (Hanin and Nica, 2018).
                """);
        for (int v = 0; v < 3; v++) {
            double growth = (signals[v][DEPTH - 1] - signals[v][0]) * Math.log(10) / (DEPTH - 1);
            double theory = Math.log(WIDTH * variances[v] / 2) / 2 - 5.0 / (4 * WIDTH);
            page.claim(String.format(
                            Locale.ROOT,
                            "Growth per layer with σ² = %.3f (natural logarithm) against theory.",
                            variances[v]))
                    .near(growth, theory, 0.03);
        }

        page.text("""
                Move the slider: it multiplies the right standard deviation $sqrt(2 // D)$. Ten per cent more or less is a factor of more than
                100 after 50 layers.
                """);
        List<Frame> frames = new ArrayList<>();
        for (double factor : new double[] {0.5, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.4, 2}) {
            Random random = page.random();
            Array x = Array.zeros(points, 1).map(zero -> random.nextGaussian());
            NeuralNetwork network = network(factor * factor * 2 / WIDTH, random);
            double[] signal = forward(network, x);
            double[] gradient = backward(network, points, random);
            frames.add(
                    new Frame(
                            String.format(Locale.ROOT, "%.2f √(2/D)", factor),
                            LineChart.of("layer", "log10 of the spread")
                                    .line(
                                            "activations",
                                            Arrays.stream(signal)
                                                    .map(Math::log10)
                                                    .toArray())
                                    .line(
                                            "gradient",
                                            Arrays.stream(gradient)
                                                    .map(Math::log10)
                                                    .toArray())
                                    .figure(
                                            "Signal forward and gradient backward in one network. Mind the scale of the axis.")));
        }
        page.figure(Frames.of("standard deviation of the weights", frames).choose(5));
    }
}
