package dev.jzoo.labs.regularisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.numerics.Cholesky;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.AdamWRule;
import dev.jzoo.scratch.optimizers.L2Penalty;
import dev.jzoo.scratch.optimizers.SgdRule;
import dev.jzoo.scratch.optimizers.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A penalty on large weights: a sweep of its strength, and its difference from weight decay. */
public final class L2Lab implements Lab {

    private static final double[] LAMBDAS = {0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3};

    @Override
    public LabInfo info() {
        return new LabInfo(
                "l2",
                "L2 regularisation and weight decay",
                "What does a penalty on large weights do?",
                Chapter.REGULARISATION);
    }

    private static NeuralNetwork network(Random random) {
        return NeuralNetwork.of(
                DenseLayer.of(1, 40, WeightInit.normal(2), random),
                Elementwise.tanh(),
                DenseLayer.of(40, 40, WeightInit.xavier(), random),
                Elementwise.tanh(),
                DenseLayer.of(40, 1, WeightInit.xavier(), random));
    }

    /** Returns the Euclidean norm of all weights and biases. */
    private static double norm(NeuralNetwork network) {
        return Math.sqrt(network.weights().stream()
                .mapToDouble(weight -> Math.pow(weight.value().norm(), 2))
                .sum());
    }

    /** Returns SGD that first shrinks every weight by the factor 1 - rate * decay. */
    private static UpdateRule decayThenSgd(double decay) {
        SgdRule sgd = new SgdRule();
        return (weights, rate) -> {
            for (Weight weight : weights) {
                weight.setValue(weight.value().times(1 - rate * decay)); // $w larr (1 - eta lambda) w$
            }
            sgd.step(weights, rate);
        };
    }

    /** Trains a network from fixed initial weights and returns it. */
    private static NeuralNetwork trained(UpdateRule rule, double rate, int epochs, long seed) {
        Random random = new Random(seed);
        NoisySine points = NoisySine.draw(20, random);
        NeuralNetwork network = network(random);
        Fitting.of(network, PointwiseLoss.MEAN_SQUARED_ERROR, rule)
                .rate(rate)
                .batchSize(20)
                .epochs(epochs)
                .fit(points.x(), points.y());
        return network;
    }

    /** Returns the largest difference between the weights of two networks. */
    private static double difference(NeuralNetwork a, NeuralNetwork b) {
        return IntStream.range(0, a.weights().size())
                .mapToDouble(i -> OnnxOutputs.difference(
                        a.weights().get(i).value(), b.weights().get(i).value()))
                .max()
                .orElseThrow();
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A curve that bends sharply needs large weights. **L2 regularisation** adds $lambda/2 ||w||^2$ to the loss, so that each weight
                must earn its size. The gradient gets one more term:

                $$g' = g + lambda w$$

                We fit twenty noisy points of a sine with 1,761 weights, and change only $lambda$.
                """);
        int epochs = page.pick(200, 500, 1_500);
        int seeds = page.pick(1, 3, 10);
        double[] norms = new double[LAMBDAS.length];
        double[] train = new double[LAMBDAS.length];
        double[] test = new double[LAMBDAS.length];
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < LAMBDAS.length; i++) {
            for (int seed = 0; seed < seeds; seed++) {
                NeuralNetwork network =
                        trained(new L2Penalty(new AdamRule(), LAMBDAS[i]), 0.01, epochs, page.seed() + seed);
                Random random = new Random(page.seed() + seed);
                NoisySine points = NoisySine.draw(20, random);
                NoisySine fresh = NoisySine.draw(1_000, random);
                norms[i] += norm(network) / seeds;
                train[i] += points.error(network) / seeds;
                test[i] += fresh.error(network) / seeds;
                if (seed == 0) {
                    frames.add(new Frame(Double.toString(LAMBDAS[i]), NoisySine.curve(network)));
                }
            }
        }
        page.figure(Frames.of("λ", frames).choose(5));
        Table table = Table.captioned("Mean over " + seeds + " trainings. The noise has the variance 0.09.")
                .significant("λ")
                .decimal("norm of the weights", 2)
                .decimal("train error", 4)
                .decimal("test error", 4);
        for (int i = 0; i < LAMBDAS.length; i++) {
            table.row(LAMBDAS[i], norms[i], train[i], test[i]);
        }
        page.table(table);
        page.claim("The norm falls with every step of λ (largest ratio of neighbours).")
                .atMost(
                        IntStream.range(1, LAMBDAS.length)
                                .mapToDouble(i -> norms[i] / norms[i - 1])
                                .max()
                                .orElseThrow(),
                        1);
        page.claim(
                        "The training error only rises: a penalty never fits the examples better (train error at λ = 0.3 by that at 0).")
                .atLeast(train[LAMBDAS.length - 1] / train[0], 1.5);
        if (page.size() != LabSize.SMALLEST) {
            double best = Arrays.stream(test).min().orElseThrow();
            page.claim("The lowest test error is neither at λ = 0 (test error there by the lowest) ...")
                    .atLeast(test[0] / best, 1.05);
            page.claim("... nor at the largest λ.").atLeast(test[LAMBDAS.length - 1] / best, 1.5);
        }

        page.text("""
                For a linear model the best weights have a closed form, *ridge regression*: $w = (2/n X^T X + lambda I)^-1 2/n X^T y$.
                It checks that the penalty does what the formula says.
                """);
        Random random = page.random();
        NoisySine points = NoisySine.draw(50, random);
        double lambda = 0.1;
        Array features = Array.zeros(50, 4);
        for (int i = 0; i < 50; i++) {
            for (int power = 0; power < 4; power++) {
                features.set(Math.pow(points.x().get(i, 0), power), i, power);
            }
        }
        Array h = features.transposedDot(features).times(2.0 / 50);
        double[][] rows = new double[4][];
        for (int i = 0; i < 4; i++) {
            h.set(h.get(i, i) + lambda, i, i);
            rows[i] = Arrays.copyOfRange(h.values(), 4 * i, 4 * i + 4);
        }
        double[] ridge = features.transposedDot(points.y()).times(2.0 / 50).values();
        Cholesky.inPlace(rows).solve(ridge);
        DenseLayer line = new DenseLayer(Array.zeros(4, 1), Array.zeros(1));
        L2Penalty penalty = new L2Penalty(new SgdRule(), lambda);
        for (int step = 0; step < 1_000; step++) {
            line.setGradients(PointwiseLoss.MEAN_SQUARED_ERROR.gradient(
                    line.forward(features, NeuralLayer.Phase.TRAINING), points.y()));
            penalty.step(line.weights().subList(0, 1), 0.3); // the bias stays 0: the first feature is 1
        }
        page.claim("Gradient descent with the penalty arrives at the ridge solution (largest difference).")
                .atMost(OnnxOutputs.difference(line.weights().get(0).value(), Array.of(ridge, 4, 1)), 1e-8);

        page.text("""
                With plain SGD, $w - eta (g + lambda w) = (1 - eta lambda) w - eta g$: the penalty is the same as **weight decay**, shrinking
                each weight a little before each step. With Adam it is not. Adam divides $g + lambda w$ by the usual size of the gradient, so
                that weights with large gradients are hardly penalised. Decay of the weight itself treats all alike; that is AdamW
                (Loshchilov and Hutter, 2019).
                """);
        double sgd = difference(
                trained(new L2Penalty(new SgdRule(), 0.1), 0.05, 200, page.seed()),
                trained(decayThenSgd(0.1), 0.05, 200, page.seed()));
        double adam = difference(
                trained(new L2Penalty(new AdamRule(), 0.1), 0.01, 200, page.seed()),
                trained(new AdamWRule(new AdamRule(), 0.1), 0.01, 200, page.seed()));
        page.claim("SGD: penalty and decay give the same weights after 200 steps (largest difference).")
                .atMost(sgd, 1e-12);
        page.claim("Adam: they do not.").atLeast(adam, 0.1);
    }
}
