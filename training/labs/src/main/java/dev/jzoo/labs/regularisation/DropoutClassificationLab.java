package dev.jzoo.labs.regularisation;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Role;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Dropout in a classifier of few examples: a sweep of its probability. */
public final class DropoutClassificationLab implements Lab {

    private static final double[] PROBABILITIES = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};

    @Override
    public LabInfo info() {
        return new LabInfo(
                "dropout-classification",
                "Dropout in classification",
                "How does switching off random units make a classifier better?",
                Chapter.REGULARISATION);
    }

    /** Creates a network of forty values, two hidden layers with dropout, ten classes. */
    private static NeuralNetwork network(double p, long seed) {
        Random random = new Random(seed);
        return NeuralNetwork.of(
                DenseLayer.of(40, 100, WeightInit.he(), random),
                Elementwise.relu(),
                new DropoutLayer(p, random.nextLong()),
                DenseLayer.of(100, 100, WeightInit.he(), random),
                Elementwise.relu(),
                new DropoutLayer(p, random.nextLong()),
                DenseLayer.of(100, 10, WeightInit.he(), random));
    }

    /** Returns a network of the same layers, except dropout. */
    private static NeuralNetwork without(NeuralNetwork network) {
        return new NeuralNetwork(network.layers().stream()
                .filter(layer -> !(layer instanceof DropoutLayer))
                .toList());
    }

    private static Table accuracies(double[] train, double[] test) {
        Table table = Table.captioned("Accuracy by dropout probability [%].")
                .decimal("p", 1)
                .decimal("train", 1)
                .decimal("test", 1)
                .decimal("gap", 1);
        for (int i = 0; i < PROBABILITIES.length; i++) {
            table.row(PROBABILITIES[i], train[i], test[i], train[i] - test[i]);
        }
        return table;
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                **Dropout** (Srivastava and others, 2014) sets each value of a layer to 0 with probability $p$ in every training step, and
                divides the others by $1 - p$. No unit can rely on a particular other unit, so the network learns several weak reasons
                instead of one brittle one. It is also like an average over very many thinned networks that share their weights.

                The division keeps the expected value: $E[y] = p * 0 + (1 - p) * x // (1 - p) = x$. The variance is
                $x^2 p // (1 - p)$. So in use, dropout does nothing, and the next layer still sees the scale it is used to.
                """);
        double p = 0.3;
        int draws = page.pick(2_000, 20_000, 100_000);
        DropoutLayer dropout = new DropoutLayer(p, page.seed());
        Array x = Array.rows(new double[] {-2, -0.5, 0, 1, 3});
        Array sum = Array.zeros(1, 5);
        Array squares = Array.zeros(1, 5);
        for (int i = 0; i < draws; i++) {
            Array y = dropout.forward(x, NeuralLayer.Phase.TRAINING);
            sum = sum.plus(y);
            squares = squares.plus(y.times(y));
        }
        double meanError = 0; // the largest distance of a mean from x, in standard errors
        double varianceError = 0;
        for (int j = 0; j < 5; j++) {
            if (x.get(0, j) != 0) {
                double mean = sum.get(0, j) / draws;
                double variance = x.get(0, j) * x.get(0, j) * p / (1 - p);
                meanError = Math.max(meanError, Math.abs(mean - x.get(0, j)) / Math.sqrt(variance / draws));
                varianceError =
                        Math.max(varianceError, Math.abs((squares.get(0, j) / draws - mean * mean) / variance - 1));
            }
        }
        page.claim("The mean of y over many masks is x (largest distance in standard errors).")
                .atMost(meanError, 4);
        page.claim("Its variance is x² p / (1 - p) (largest relative difference).")
                .atMost(varianceError, 0.1);
        page.claim("In use, the layer returns its input, unchanged.")
                .near(OnnxOutputs.difference(dropout.forward(x, NeuralLayer.Phase.INFERENCE), x), 0, 0);

        page.text("""
                Now a network that overfits: 500 examples of MNIST-1D, ten classes of signals of 40 values, and 15,000 weights. Only $p$
                changes. The gap between training and test accuracy measures the overfitting.
                """);
        int examples = page.pick(100, 300, 500);
        int epochs = page.pick(10, 30, 60);
        int seeds = page.pick(1, 2, 4);
        LabelledSignals train = Mnist1d.generate(examples, 1);
        LabelledSignals test = Mnist1d.generate(page.pick(200, 1_000, 2_000), 2);
        double[] trainAccuracy = new double[PROBABILITIES.length];
        double[] testAccuracy = new double[PROBABILITIES.length];
        for (int i = 0; i < PROBABILITIES.length; i++) {
            for (int seed = 0; seed < seeds; seed++) {
                NeuralNetwork network = network(PROBABILITIES[i], page.seed() + seed);
                Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
                        .rate(0.002)
                        .batchSize(50)
                        .epochs(epochs)
                        .seed(page.seed() + seed)
                        .fit(SignalArrays.of(train), SoftmaxCrossEntropy.oneHot(train.labels(), 10));
                trainAccuracy[i] += 100 * Fitting.accuracy(network, SignalArrays.of(train), train.labels()) / seeds;
                testAccuracy[i] += 100 * Fitting.accuracy(network, SignalArrays.of(test), test.labels()) / seeds;
            }
        }
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < PROBABILITIES.length; i++) {
            frames.add(new Frame(
                    Double.toString(PROBABILITIES[i]),
                    BarChart.of("accuracy [%]")
                            .bar(Role.TRAIN, "train", trainAccuracy[i])
                            .bar(Role.TEST, "test", testAccuracy[i])
                            .bar("guessing", 10)
                            .figure("Mean over the trainings.")));
        }
        page.figure(Frames.of("dropout probability p", frames).choose(2));
        page.table(accuracies(trainAccuracy, testAccuracy));
        double gapWithout = trainAccuracy[0] - testAccuracy[0];
        double gapWith = trainAccuracy[5] - testAccuracy[5];
        page.claim("With p = 0.5 the gap between training and test accuracy is smaller by at least 15 points.")
                .atLeast(gapWithout - gapWith, 15);
        page.claim("With p = 0.8 the network does not even fit its examples (training accuracy lost, in points).")
                .atLeast(trainAccuracy[0] - trainAccuracy[8], 20);
        if (page.size() == LabSize.FULL) {
            page.claim("A little dropout, p = 0.2, improves the test accuracy (points, mean over the trainings).")
                    .atLeast(testAccuracy[2] - testAccuracy[0], 0.5);
        }

        page.text("""
                A smaller gap is not the aim. Too much dropout also closes it, by making the network bad at everything. What counts is the test
                accuracy. It rises a little with a little dropout, then falls.

                Since dropout is the identity in use, it must not be in the exported model at all. We export a network with dropout as ONNX and
                run it in ONNX Runtime.
                """);
        NeuralNetwork network = network(0.5, page.seed());
        OnnxExporter.Exported exported = OnnxExporter.of(network).export();
        OnnxExporter.Exported plain = OnnxExporter.of(without(network)).export();
        page.claim("The graph has as many nodes as that of the network without dropout.")
                .equal(exported.report().nodes(), plain.report().nodes());
        page.claim("ONNX Runtime's outputs equal those of the network in use (largest difference).")
                .atMost(
                        OnnxOutputs.difference(
                                OnnxOutputs.of(exported.file(), SignalArrays.of(test)),
                                network.forward(SignalArrays.of(test), NeuralLayer.Phase.INFERENCE)),
                        1e-5);
    }
}
