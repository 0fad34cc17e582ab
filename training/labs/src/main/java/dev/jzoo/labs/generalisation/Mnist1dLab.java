package dev.jzoo.labs.generalisation;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Role;
import dev.jzoo.report.SignalGrid;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.MomentumRule;
import dev.jzoo.scratch.optimizers.RateSchedule;
import java.util.Arrays;
import java.util.Random;

/** A perceptron on MNIST-1D: what it learns by heart, and what it can use on new signals. */
public final class Mnist1dLab implements Lab {

    /** Signals as a matrix [examples, 40]. */
    private static Array inputs(LabelledSignals signals) {
        double[] values = new double[signals.size() * signals.length()];
        for (int i = 0; i < signals.size(); i++) {
            System.arraycopy(signals.signal(i), 0, values, i * signals.length(), signals.length());
        }
        return Array.of(values, signals.size(), signals.length());
    }

    private static double loss(NeuralNetwork network, Array x, int[] classes) {
        return new SoftmaxCrossEntropy()
                .value(network.forward(x, Phase.INFERENCE), SoftmaxCrossEntropy.oneHot(classes, 10));
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "mnist1d",
                "Training and test error",
                "Why is a network that makes no mistake on its training data wrong on a third of new data?",
                Chapter.GENERALISATION);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                MNIST-1D shrinks handwritten digits to signals of 40 numbers, shifted, scaled and noisy. There are 4,000 signals to
                train on and 1,000 to test. It is small enough to train many networks in a minute, and hard enough to show the
                difference between learning and memorising.
                """);
        LabelledSignals train = Mnist1d.train();
        LabelledSignals test = Mnist1d.test();
        SignalGrid signals = SignalGrid.empty();
        for (int i = 0; i < 10; i++) {
            signals.signal("class " + train.label(i), train.signal(i));
        }
        page.figure(signals.figure("The first ten training signals with their classes."));

        page.text("""
                The network has two hidden layers of 100 units with He's initial weights. Momentum 0.9, batches of 100, and a learning
                rate that starts at 0.05 and halves four times, at equal distances. The paper reports 68 % on the test signals for a perceptron
                of this size with other settings and the best of its epochs; this one, judged by its last epoch, is worse.
                """);
        int epochs = page.pick(6, 12, 50);
        Random random = page.random();
        NeuralNetwork network = NeuralNetwork.of(
                DenseLayer.of(40, 100, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(100, 100, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(100, 10, WeightInit.he(), random));
        Array x = inputs(train);
        Array newX = inputs(test);
        double[] trainErrors = new double[epochs];
        double[] testErrors = new double[epochs];
        double[] trainLosses = new double[epochs];
        double[] testLosses = new double[epochs];
        double startLoss = loss(network, x, train.labels());
        Fitting.of(network, new SoftmaxCrossEntropy(), new MomentumRule(0.9))
                .rate(RateSchedule.steps(0.05, 0.5, 5))
                .batchSize(100)
                .epochs(epochs)
                .seed(page.seed())
                .eachEpoch(epoch -> {
                    int i = epoch.number() - 1;
                    trainErrors[i] = 100 * (1 - Fitting.accuracy(network, x, train.labels()));
                    testErrors[i] = 100 * (1 - Fitting.accuracy(network, newX, test.labels()));
                    trainLosses[i] = loss(network, x, train.labels());
                    testLosses[i] = loss(network, newX, test.labels());
                })
                .fit(x, SoftmaxCrossEntropy.oneHot(train.labels(), 10));
        page.figure(LineChart.ofEpochs("error in percent")
                .line(Role.TRAIN, "train", trainErrors)
                .line(Role.TEST, "test", testErrors)
                .figure("The training error goes to zero. The test error stops at about a third."));
        page.figure(LineChart.ofEpochs("cross-entropy")
                .line(Role.TRAIN, "train", trainLosses)
                .line(Role.TEST, "test", testLosses)
                .figure("The test loss even rises again: the network is sure of its wrong answers."));
        page.claim(
                        "The untrained network loses about as much as a guess among ten classes, ln 10, and at most twice that.")
                .between(startLoss, Math.log(10), 2 * Math.log(10));
        page.claim("The training error is far below the test error (difference in points).")
                .atLeast(testErrors[epochs - 1] - trainErrors[epochs - 1], page.pick(1, 10, 20));
        if (page.size() == LabSize.FULL) {
            page.claim("The network learns its training data by heart (error in percent).")
                    .atMost(trainErrors[epochs - 1], 1);
            page.claim("The test loss is higher at the end than at its best (ratio).")
                    .atLeast(
                            testLosses[epochs - 1]
                                    / Arrays.stream(testLosses).min().orElseThrow(),
                            1.2);
            page.published("The paper's perceptron is right on 68 % of the test signals.")
                    .near(100 - testErrors[epochs - 1], 68, 4);
        }
    }
}
