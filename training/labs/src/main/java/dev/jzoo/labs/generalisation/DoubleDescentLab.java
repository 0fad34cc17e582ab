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
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.MomentumRule;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Perceptrons of rising width on noisy labels: the test error falls, rises, and falls again. */
public final class DoubleDescentLab implements Lab {

    /** Returns a network 40-h-h-10. */
    private static NeuralNetwork network(int h, Random random) {
        return NeuralNetwork.of(
                DenseLayer.of(40, h, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(h, h, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(h, 10, WeightInit.he(), random));
    }

    /** Returns signals as a matrix [examples, 40]. */
    private static Array inputs(LabelledSignals signals) {
        double[] values = new double[signals.size() * signals.length()];
        for (int i = 0; i < signals.size(); i++) {
            System.arraycopy(signals.signal(i), 0, values, i * signals.length(), signals.length());
        }
        return Array.of(values, signals.size(), signals.length());
    }

    /** Returns the labels, of which a share of 15 % is replaced by a random class. */
    private static int[] noisy(int[] labels, Random random) {
        int[] noisy = labels.clone();
        for (int i = 0; i < noisy.length; i++) {
            if (random.nextDouble() < 0.15) {
                noisy[i] = random.nextInt(10);
            }
        }
        return noisy;
    }

    /** Trains a network of width h, and returns its error on the training and on the test data in percent. */
    private static double[] errors(int h, LabelledSignals train, LabelledSignals test, int epochs, long seed) {
        int[] labels = noisy(train.labels(), new Random(1_000 + seed));
        NeuralNetwork network = network(h, new Random(seed));
        Fitting.of(network, new SoftmaxCrossEntropy(), new MomentumRule(0.9))
                .rate(0.02)
                .batchSize(50)
                .epochs(epochs)
                .seed(seed)
                .fit(inputs(train), SoftmaxCrossEntropy.oneHot(labels, 10));
        return new double[] {
            100 * (1 - Fitting.accuracy(network, inputs(train), labels)),
            100 * (1 - Fitting.accuracy(network, inputs(test), test.labels()))
        };
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "double-descent",
                "Double descent",
                "Why does a network that is far too large generalise better than one that just fits its data?",
                Chapter.GENERALISATION);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                The classical curve of the test error has one minimum: small models underfit, large ones overfit. Networks do not stop
                there. When the width grows beyond the point at which the training data is fitted exactly, the test error falls again.
                The network has the layers 40-$h$-$h$-10, and so

                $$P(h) = (40 h + h) + (h^2 + h) + (10 h + 10) = h^2 + 52 h + 10$$

                parameters. 15 % of the training labels are wrong on purpose; that makes the effect larger.
                """);
        int weights = network(42, page.random()).weights().stream()
                .map(Weight::value)
                .mapToInt(Array::count)
                .sum();
        page.claim("A network of width 42 has as many weights as the formula says.")
                .equal(weights, 42 * 42 + 52 * 42 + 10);
        page.published("The course has 4,000 examples and as many parameters at a width near 42.")
                .near(weights, 4_000, 50);

        page.text("""
                We take 1,000 examples instead of the course's 4,000, so that the whole curve takes less than a minute. Each network is
                trained with several seeds, which draw its weights, the order of the examples and the wrong labels. The test data is
                clean: 5,000 signals that no network has seen.
                """);
        int examples = page.pick(200, 400, 1_000);
        int epochs = page.pick(20, 50, 250);
        int seeds = page.pick(1, 1, 2);
        int[] widths =
                page.size() == LabSize.FULL ? new int[] {3, 5, 8, 12, 16, 22, 30, 45, 70, 100} : new int[] {3, 15, 60};
        LabelledSignals train = Mnist1d.train().range(0, examples);
        LabelledSignals test = Mnist1d.generate(page.pick(500, 2_000, 5_000), 7);
        double[][] results = IntStream.range(0, widths.length * seeds)
                .parallel() // the runs are independent, and each has its own seed
                .mapToObj(i -> errors(widths[i / seeds], train, test, epochs, page.seed() + i % seeds))
                .toArray(double[][]::new);
        double[] parameters = new double[widths.length];
        double[] trainError = new double[widths.length];
        double[] testError = new double[widths.length];
        for (int w = 0; w < widths.length; w++) {
            parameters[w] = widths[w] * widths[w] + 52 * widths[w] + 10;
            for (int s = 0; s < seeds; s++) {
                trainError[w] += results[w * seeds + s][0] / seeds;
                testError[w] += results[w * seeds + s][1] / seeds;
            }
        }
        Table table = Table.captioned("Error in percent, mean of " + seeds + " seeds.")
                .whole("width")
                .whole("parameters")
                .decimal("train", 1)
                .decimal("test", 1);
        for (int w = 0; w < widths.length; w++) {
            table.row(widths[w], (long) parameters[w], trainError[w], testError[w]);
        }
        page.table(table);
        page.figure(LineChart.of("parameters", "error in percent")
                .xScale(Scale.LOG)
                .line(Role.TRAIN, "train, with wrong labels", parameters, trainError)
                .line(Role.TEST, "test", parameters, testError)
                .figure("The test error rises until the training data is fitted exactly, and falls beyond."));
        int last = widths.length - 1;
        page.claim(
                        "The widest network fits more of the wrong labels than the narrowest (difference of training errors).")
                .atLeast(trainError[0] - trainError[last], 10);

        page.text("""
                Why does it fall? At the threshold, hardly more than one network fits all labels, the wrong ones too, and it must bend
                wildly between the examples. With more parameters, many networks fit. Gradient descent from small weights finds one
                of the smoother ones.
                """);
        if (page.size() == LabSize.FULL) {
            int peak = IntStream.range(3, widths.length)
                    .reduce((a, b) -> testError[a] >= testError[b] ? a : b)
                    .orElseThrow();
            double before = Arrays.stream(testError, 0, peak).min().orElseThrow();
            page.claim("The widest network fits its training data exactly (error in percent).")
                    .atMost(trainError[last], 0.5);
            page.published("The course's curve rises visibly before the peak; here the rise is small (points).")
                    .atLeast(testError[peak] - before, 1);
            // The standard error of a mean of two runs on 5,000 signals is about half a point.
            page.claim("The test error falls again from the peak to the widest network (points).")
                    .atLeast(testError[peak] - testError[last], 3);
            page.published("The course's peak is where there are as many parameters as examples (quotient).")
                    .between(parameters[peak] / examples, 0.5, 2);
        }
    }
}
