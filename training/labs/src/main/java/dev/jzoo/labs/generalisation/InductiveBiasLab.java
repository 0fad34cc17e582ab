package dev.jzoo.labs.generalisation;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.SignalGrid;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.RateSchedule;
import java.util.Random;

/** A convolutional network and a perceptron on signals in order, and on the same signals with shuffled positions. */
public final class InductiveBiasLab implements Lab {

    /** Signals as [examples, 1, 1, 40], with each signal's values in the given order. */
    private static Array inputs(LabelledSignals signals, int[] order) {
        Array x = Array.zeros(signals.size(), 1, 1, order.length);
        for (int i = 0; i < signals.size(); i++) {
            double[] signal = signals.signal(i);
            for (int t = 0; t < order.length; t++) {
                x.values()[i * order.length + t] = signal[order[t]];
            }
        }
        return x;
    }

    /** Returns the numbers below a limit, in order. */
    private static int[] natural(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        return order;
    }

    /** Returns the same numbers in random order. */
    private static int[] shuffled(int count, Random random) {
        int[] order = natural(count);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    private static NeuralNetwork perceptron(Random random) {
        return NeuralNetwork.of(
                new FlattenLayer(),
                DenseLayer.of(40, 100, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(100, 100, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(100, 10, WeightInit.he(), random));
    }

    /** Returns a convolution along the signal with stride 2. */
    private static Conv2d convolution(int in, int out, int size, Random random) {
        return new Conv2d(
                WeightInit.he().draw(random, in * size, out * size, out, in, 1, size), Array.zeros(out), 2, 0);
    }

    private static NeuralNetwork convolutional(Random random) {
        return NeuralNetwork.of(
                convolution(1, 25, 5, random), // 40 values to 18
                Elementwise.relu(),
                convolution(25, 25, 3, random), // 18 to 8
                Elementwise.relu(),
                convolution(25, 25, 3, random), // 8 to 3
                Elementwise.relu(),
                new FlattenLayer(),
                DenseLayer.of(75, 10, WeightInit.he(), random));
    }

    /** Returns the share of test signals that a network classifies correctly after its training. */
    private static double accuracy(NeuralNetwork network, int[] order, int examples, int epochs, long seed) {
        LabelledSignals train = Mnist1d.train().range(0, examples);
        LabelledSignals test = Mnist1d.test();
        Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
                .rate(RateSchedule.oneCycle(0.01))
                .batchSize(100)
                .epochs(epochs)
                .seed(seed)
                .fit(inputs(train, order), SoftmaxCrossEntropy.oneHot(train.labels(), 10));
        return Fitting.accuracy(network, inputs(test, order), test.labels());
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "inductive-bias",
                "Inductive bias",
                "How much of a convolutional network's success comes from what it assumes about the data?",
                Chapter.GENERALISATION);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A convolutional network assumes that neighbouring values belong together and that a pattern means the same at each
                position. A perceptron assumes nothing of the kind. To see what the assumption is worth, we take it away: we move the
                40 positions of all signals by the same random permutation. No information is lost, since the permutation could be
                undone. But neighbours are no longer neighbours.
                """);
        int[] order = natural(40);
        int[] mixed = shuffled(40, page.random());
        double[] signal = Mnist1d.train().signal(0);
        double[] moved = new double[40];
        for (int t = 0; t < 40; t++) {
            moved[t] = signal[mixed[t]];
        }
        page.figure(SignalGrid.empty()
                .signal("in order", signal)
                .signal("shuffled", moved)
                .figure("The same signal before and after the permutation."));

        page.text("""
                Both networks are trained twice, on signals in order and on shuffled ones, with the same seeds. They are smaller and are
                trained for a shorter time than the paper's, so the convolutional one stays some points below it.
                """);
        int examples = page.pick(500, 2_000, 4_000);
        int epochs = page.pick(3, 5, 25);
        double cnn = accuracy(convolutional(page.random()), order, examples, epochs, page.seed());
        double cnnShuffled = accuracy(convolutional(page.random()), mixed, examples, epochs, page.seed());
        double mlp = accuracy(perceptron(page.random()), order, examples, epochs, page.seed());
        double mlpShuffled = accuracy(perceptron(page.random()), mixed, examples, epochs, page.seed());
        page.figure(BarChart.of("test accuracy in percent")
                .bar("convolutional, in order", 100 * cnn)
                .bar("convolutional, shuffled", 100 * cnnShuffled)
                .bar("perceptron, in order", 100 * mlp)
                .bar("perceptron, shuffled", 100 * mlpShuffled)
                .figure("Shuffling costs the convolutional network its advantage. The perceptron does not notice."));
        // The standard error of a difference of two shares of 1,000 signals is at most 2.3 points.
        page.claim("The perceptron is as good on shuffled signals (difference in points).")
                .between(100 * (mlp - mlpShuffled), -7, 7);
        if (page.size() != LabSize.SMALLEST) {
            page.claim("The convolutional network loses points when the order is lost.")
                    .atLeast(100 * (cnn - cnnShuffled), page.pick(0, 5, 20));
        }
        if (page.size() == LabSize.FULL) {
            page.published("The paper's convolutional network is right on 94 % in order.")
                    .near(100 * cnn, 94, 3);
            page.published("And on 56 % when shuffled.").near(100 * cnnShuffled, 56, 5);
            page.published("The paper's perceptron is right on 68 %, in order or not.")
                    .near(100 * mlp, 68, 4);
        }
    }
}
