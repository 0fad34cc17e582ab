package dev.jzoo.labs.convolution;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
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
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The same deep network with and without shortcuts: gradients on the way back, and what it learns. */
public final class ResidualLab implements Lab {

    private static final int WIDTH = 16;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "residual",
                "Shortcuts for the gradient",
                "Why can a network with shortcuts be a hundred layers deep?",
                Chapter.CONVOLUTION);
    }

    /** The design of the layers: with or without a shortcut around each. */
    private enum Wiring {
        PLAIN,
        RESIDUAL
    }

    /** Returns a chain of layers tanh(x W), in a residual network each with a shortcut, scaled so that their sum stays moderate. */
    private static List<NeuralLayer> chain(Wiring wiring, int depth, Random random) {
        List<NeuralLayer> layers = new ArrayList<>();
        for (int l = 0; l < depth; l++) {
            Array weight = WeightInit.xavier().draw(random, WIDTH, WIDTH, WIDTH, WIDTH);
            NeuralLayer first = new DenseLayer(weight, Array.zeros(WIDTH));
            if (wiring == Wiring.PLAIN) {
                layers.add(NeuralNetwork.of(first, Elementwise.tanh())); // $x_(l+1) = f(x_l)$
            } else {
                Array last = WeightInit.xavier()
                        .draw(random, WIDTH, WIDTH, WIDTH, WIDTH)
                        .times(1 / Math.sqrt(depth));
                NeuralLayer second = new DenseLayer(last, Array.zeros(WIDTH));
                layers.add(new ResidualLayer(
                        NeuralNetwork.of(first, Elementwise.tanh(), second))); // $x_(l+1) = x_l + f(x_l)$
            }
        }
        return layers;
    }

    /** Returns the norm of the gradient in front of each layer, the input's first, when its norm at the output is 1. */
    private static double[] gradientNorms(List<NeuralLayer> layers, Random random) {
        Array x = Array.zeros(8, WIDTH).map(zero -> random.nextGaussian());
        for (NeuralLayer layer : layers) {
            x = layer.forward(x, Phase.TRAINING);
        }
        Array gradient = x.map(value -> random.nextGaussian());
        gradient = gradient.times(1 / gradient.norm());
        double[] norms = new double[layers.size() + 1];
        norms[layers.size()] = 1;
        for (int l = layers.size() - 1; l >= 0; l--) {
            gradient = layers.get(l).backward(gradient);
            norms[l] = gradient.norm(); // $||del L / del x_l||$
        }
        return norms;
    }

    /** Returns the geometric means over several networks. */
    private static double[] meanNorms(Wiring wiring, int depth, long seed, int seeds) {
        double[] logs = new double[depth + 1];
        for (int s = 0; s < seeds; s++) {
            Random random = new Random(seed + s);
            double[] norms = gradientNorms(chain(wiring, depth, random), random);
            for (int l = 0; l <= depth; l++) {
                logs[l] += Math.log(norms[l]) / seeds;
            }
        }
        double[] means = new double[depth + 1];
        for (int l = 0; l <= depth; l++) {
            means[l] = Math.exp(logs[l]);
        }
        return means;
    }

    /** Returns the losses of a network that learns to tell two circles apart, one around the other. */
    private static double[] train(Wiring wiring, int depth, int epochs, Random random) {
        Array points = Array.zeros(64, 2);
        int[] classes = new int[64];
        for (int n = 0; n < 64; n++) {
            double angle = 2 * Math.PI * n / 64;
            classes[n] = n % 2;
            points.set((1 + classes[n]) * Math.cos(angle), n, 0);
            points.set((1 + classes[n]) * Math.sin(angle), n, 1);
        }
        List<NeuralLayer> layers = new ArrayList<>();
        layers.add(new DenseLayer(WeightInit.xavier().draw(random, 2, WIDTH, 2, WIDTH), Array.zeros(WIDTH)));
        layers.addAll(chain(wiring, depth, random));
        layers.add(new DenseLayer(WeightInit.xavier().draw(random, WIDTH, 2, WIDTH, 2), Array.zeros(2)));
        NeuralNetwork network = new NeuralNetwork(layers);
        AdamRule adam = new AdamRule();
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        Array targets = SoftmaxCrossEntropy.oneHot(classes, 2);
        double[] losses = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            Array logits = network.forward(points, Phase.TRAINING);
            losses[epoch] = loss.value(logits, targets);
            network.backward(loss.gradient(logits, targets));
            adam.step(network.weights(), 0.002);
        }
        return losses;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A deep network is a product of many functions, and its gradient a product of as many Jacobians. If each shrinks it a
                little, nothing arrives. He, Zhang, Ren and Sun (2015) changed one thing: each layer only *adds* to its input,

                $$x_(l+1) = x_l + f(x_l)$$

                and so the gradient gets a way around each layer, with $J_f$ for the Jacobian of $f$:

                $$(del L)/(del x_l) = (1 + J_f^T) (del L)/(del x_(l+1))$$

                The 1 is the shortcut. Even if $J_f$ is tiny, the gradient passes. Here $f$ is a small network with a tanh layer. Its output is
                scaled by $1 / sqrt(D)$ for $D$ layers, so that the sum of all additions stays moderate.
                """);
        int seeds = page.pick(5, 10, 30);
        int[] depths = {1, 2, 4, 8, 16, 32, 64, 100};
        double[] sweep = new double[depths.length];
        double[] plain = new double[depths.length];
        double[] residual = new double[depths.length];
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < depths.length; i++) {
            double[] without = meanNorms(Wiring.PLAIN, depths[i], page.seed(), seeds);
            double[] with = meanNorms(Wiring.RESIDUAL, depths[i], page.seed(), seeds);
            sweep[i] = depths[i];
            plain[i] = without[0];
            residual[i] = with[0];
            frames.add(new Frame(
                    String.valueOf(depths[i]),
                    LineChart.of("layer", "norm of the gradient")
                            .yScale(Scale.LOG)
                            .line("plain", without)
                            .line("residual", with)
                            .figure(
                                    "The gradient on its way back, from 1 after the last layer to the input at 0. Means of "
                                            + seeds + " networks.")));
        }
        page.figure(Frames.of("depth", frames).choose(5));

        page.text("""
                Now only the gradient that arrives at the input, for all depths. In the plain network each layer takes a little, so it
                falls with the depth. With shortcuts it stays near 1 at every depth, although each shortcut here spans two layers of
                weights and not one.
                """);
        page.table(Table.captioned("Norm of the gradient at the input; it is 1 at the output.")
                .whole("depth")
                .significant("plain")
                .significant("residual")
                .row(8, plain[3], residual[3])
                .row(32, plain[5], residual[5])
                .row(100, plain[7], residual[7]));
        page.figure(LineChart.of("depth", "norm of the gradient at the input")
                .xScale(Scale.LOG)
                .yScale(Scale.LOG)
                .line("plain", sweep, plain)
                .line("residual", sweep, residual)
                .figure("The gradient at the input against the number of layers."));
        for (int i = 5; i < depths.length; i++) {
            page.claim("With shortcuts the gradient is kept at depth " + depths[i] + " (norm at the input).")
                    .between(residual[i], 0.5, 3);
            page.claim("Without them it is much smaller (ratio of plain to residual).")
                    .atMost(plain[i] / residual[i], 0.2);
        }

        page.text("""
                The shortcut has a limit that is easy to check. If the layers add nothing, a residual network of any depth is the
                identity, and the gradient arrives unchanged. So more layers can never make it worse to begin with. A plain network must
                first learn to pass its input on.
                """);
        NeuralLayer silent = new ResidualLayer(new DenseLayer(Array.zeros(WIDTH, WIDTH), Array.zeros(WIDTH)));
        NeuralNetwork deep = NeuralNetwork.of(silent, silent, silent, silent);
        Array input = Array.zeros(3, WIDTH).map(zero -> page.random().nextGaussian());
        page.claim("Layers that add nothing: output = input (norm of the difference).")
                .atMost(deep.forward(input, Phase.TRAINING).minus(input).norm(), 0);
        page.claim("And the gradient is the same at both ends.")
                .atMost(deep.backward(input).minus(input).norm(), 0);

        page.text("""
                Does it matter for learning? Both networks learn which of two circles a point is on, with Adam, the same rate and the
                same number of epochs, at a depth that is easy for one and hard for the other.
                """);
        int depth = page.pick(24, 40, 60);
        int epochs = page.pick(25, 40, 100);
        int runs = page.pick(2, 4, 8);
        double[][] plainLosses = new double[runs][];
        double[][] residualLosses = new double[runs][];
        double plainMean = 0;
        double residualMean = 0;
        for (int run = 0; run < runs; run++) {
            plainLosses[run] = train(Wiring.PLAIN, depth, epochs, new Random(page.seed() + run));
            residualLosses[run] = train(Wiring.RESIDUAL, depth, epochs, new Random(page.seed() + run));
            plainMean += plainLosses[run][epochs - 1] / runs;
            residualMean += residualLosses[run][epochs - 1] / runs;
        }
        page.figure(LineChart.ofEpochs("cross-entropy")
                .yScale(Scale.LOG)
                .runs("plain", plainLosses)
                .runs("residual", residualLosses)
                .level("guessing, ln 2", Math.log(2))
                .figure("Two networks of " + depth + " layers, mean and range of " + runs + " runs."));
        page.claim("With shortcuts the loss after training is at most half (ratio of the means).")
                .atMost(residualMean / plainMean, 0.5);
    }
}
