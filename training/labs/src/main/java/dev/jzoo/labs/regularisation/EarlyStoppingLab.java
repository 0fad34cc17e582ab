package dev.jzoo.labs.regularisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.labs.initialisation.PlanePoints;
import dev.jzoo.report.DecisionRegions;
import dev.jzoo.report.Figure;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Role;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A network that overfits two noisy circles, and the epoch at which it should have stopped. */
public final class EarlyStoppingLab implements Lab {

    /** The course of a training: losses by epoch, and the weights of the epoch with the lowest validation loss. */
    private static final class StoppedRun {
        final double[] train;
        final double[] validation;
        final double[] test;
        List<Array> bestWeights = List.of();
        int bestEpoch; // from 0

        StoppedRun(int epochs) {
            train = new double[epochs];
            validation = new double[epochs];
            test = new double[epochs];
        }
    }

    @Override
    public LabInfo info() {
        return new LabInfo("early-stopping", "Early stopping", "When should training stop?", Chapter.REGULARISATION);
    }

    private static double loss(NeuralNetwork network, PlanePoints points) {
        Array logits = network.forward(points.inputs(), NeuralLayer.Phase.INFERENCE);
        return PointwiseLoss.SIGMOID_CROSS_ENTROPY.value(logits, points.targets());
    }

    /** Trains to the last epoch, and keeps a copy of the weights whenever the validation loss is lower than ever before. */
    private static StoppedRun trained(
            NeuralNetwork network, PlanePoints train, PlanePoints validation, PlanePoints test, int epochs) {
        StoppedRun run = new StoppedRun(epochs);
        Fitting.of(network, PointwiseLoss.SIGMOID_CROSS_ENTROPY, new AdamRule())
                .rate(0.01)
                .batchSize(train.size())
                .epochs(epochs)
                .eachEpoch(epoch -> {
                    int i = epoch.number() - 1;
                    run.train[i] = loss(network, train);
                    run.validation[i] = loss(network, validation);
                    run.test[i] = loss(network, test);
                    if (i == 0 || run.validation[i] < run.validation[run.bestEpoch]) {
                        run.bestEpoch = i;
                        run.bestWeights = network.weights().stream()
                                .map(weight -> weight.value().copy())
                                .toList();
                    }
                })
                .fit(train.inputs(), train.targets());
        return run;
    }

    private static NeuralNetwork network(Random random) {
        return NeuralNetwork.of(
                DenseLayer.of(2, 40, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(40, 40, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(40, 1, WeightInit.he(), random));
    }

    /** Returns the points over the regions in which the network decides for each class. */
    private static Figure regions(NeuralNetwork network, PlanePoints points) {
        DecisionRegions chart = DecisionRegions.of("x₁", "x₂", List.of("outer", "inner"))
                .x(-1.8, 1.8)
                .y(-1.8, 1.8);
        chart.classifier((x, y) -> {
            Array point = Array.rows(new double[] {x, y});
            return network.forward(point, NeuralLayer.Phase.INFERENCE).get(0, 0) > 0 ? 1 : 0;
        });
        for (int c = 0; c < 2; c++) {
            chart.examples(c, points.coordinate(0, c), points.coordinate(1, c));
        }
        return chart.figure("The training examples. A mark on the other colour is a mistake.");
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A large network first learns what all examples have in common, then the accidents of the ones it sees. The training loss
                falls all the time; the loss on examples that it does *not* learn from falls, turns, and rises. **Early stopping**
                watches a validation set, keeps the weights of its best epoch, and puts them back at the end.

                The test set is a third set. The validation loss of the best epoch was chosen because it is low, so it flatters;
                only the test loss is an honest measure.
                """);
        int epochs = page.pick(120, 250, 400);
        int seeds = page.pick(2, 4, 12);
        List<StoppedRun> runs = new ArrayList<>();
        double[] gains = new double[seeds]; // how much lower the test loss is at the best epoch than at the last
        double restored = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(page.seed() + seed);
            PlanePoints train = PlanePoints.circles(60, 0.25, random);
            PlanePoints validation = PlanePoints.circles(100, 0.25, random);
            PlanePoints test = PlanePoints.circles(page.pick(200, 500, 2_000), 0.25, random);
            NeuralNetwork network = network(random);
            StoppedRun run = trained(network, train, validation, test, epochs);
            for (int i = 0; i < run.bestWeights.size(); i++) {
                network.weights().get(i).setValue(run.bestWeights.get(i));
            }
            double least = Arrays.stream(run.validation).min().orElseThrow();
            restored = Math.max(restored, Math.abs(loss(network, validation) - least));
            gains[seed] = run.test[epochs - 1] - loss(network, test);
            runs.add(run);
        }
        page.figure(LineChart.ofEpochs("cross-entropy")
                .line(Role.TRAIN, "train", runs.get(0).train)
                .line(Role.VALIDATION, "validation", runs.get(0).validation)
                .line(Role.TEST, "test", runs.get(0).test)
                .figure(
                        "One training. The validation loss turns while the training loss goes on falling. Its best epoch is "
                                + (runs.get(0).bestEpoch + 1) + "."));
        page.claim(
                        "The restored network has exactly the lowest validation loss that training saw (largest difference).")
                .near(restored, 0, 0);
        double meanGain = Arrays.stream(gains).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(gains)
                        .map(gain -> (gain - meanGain) * (gain - meanGain))
                        .sum()
                / (seeds - 1));
        page.print(
                "test loss saved by stopping early, %d trainings: mean %.2f, standard deviation %.2f",
                seeds, meanGain, spread);
        page.claim("In every training, the restored weights have a lower test loss than the last ones (least gain).")
                .atLeast(Arrays.stream(gains).min().orElseThrow(), 0);
        if (page.size() == LabSize.FULL) {
            page.claim("The mean gain is more than three of its standard errors (in standard errors).")
                    .atLeast(meanGain / (spread / Math.sqrt(seeds)), 3);
        }

        page.text("""
                The regions show what the network does with its time. First it finds the inner circle. Then it draws islands around
                single points that noise has put on the wrong side, and becomes ever more sure of them: it is this certainty that costs
                so much on the test set, not the number of mistakes.
                """);
        Random random = page.random();
        PlanePoints train = PlanePoints.circles(60, 0.25, random);
        NeuralNetwork network = network(random);
        List<Frame> frames = new ArrayList<>();
        List<Integer> shown = List.of(1, 3, 6, 12, 25, 50, 100, 120, 200, 300, 400);
        Fitting.of(network, PointwiseLoss.SIGMOID_CROSS_ENTROPY, new AdamRule())
                .rate(0.01)
                .batchSize(train.size())
                .epochs(epochs)
                .eachEpoch(epoch -> {
                    if (shown.contains(epoch.number())) {
                        frames.add(new Frame(Integer.toString(epoch.number()), regions(network, train)));
                    }
                })
                .fit(train.inputs(), train.targets());
        page.figure(Frames.of("epoch", frames).choose(4));
    }
}
