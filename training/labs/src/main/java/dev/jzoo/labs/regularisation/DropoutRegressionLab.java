package dev.jzoo.labs.regularisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Dropout in a regression: a curve through twenty noisy points. */
public final class DropoutRegressionLab implements Lab {

    private static final double[] PROBABILITIES = {0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};

    @Override
    public LabInfo info() {
        return new LabInfo(
                "dropout-regression",
                "Dropout in regression",
                "Does dropout also help a network that predicts numbers?",
                Chapter.REGULARISATION);
    }

    /** Creates a network of one input and one output, with dropout after both hidden layers. */
    private static NeuralNetwork network(double p, long seed) {
        Random random = new Random(seed);
        return NeuralNetwork.of(
                DenseLayer.of(1, 60, WeightInit.he(), random),
                Elementwise.relu(),
                new DropoutLayer(p, random.nextLong()),
                DenseLayer.of(60, 60, WeightInit.he(), random),
                Elementwise.relu(),
                new DropoutLayer(p, random.nextLong()),
                DenseLayer.of(60, 1, WeightInit.he(), random));
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Twenty noisy points of a sine, and a network with 3,800 weights: enough to pass through every point. The noise has the
                variance 0.09, so no model can have a lower expected test error; a training error below it is learned noise.
                """);
        int seeds = page.pick(2, 4, 12);
        int epochs = page.pick(150, 400, 1_500);
        double[] train = new double[PROBABILITIES.length];
        double[] test = new double[PROBABILITIES.length];
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < PROBABILITIES.length; i++) {
            for (int seed = 0; seed < seeds; seed++) {
                Random random = new Random(page.seed() + seed);
                NoisySine points = NoisySine.draw(20, random);
                NoisySine fresh = NoisySine.draw(1_000, random);
                NeuralNetwork network = network(PROBABILITIES[i], page.seed() + seed);
                Fitting.of(network, PointwiseLoss.MEAN_SQUARED_ERROR, new AdamRule())
                        .rate(0.01)
                        .batchSize(20)
                        .epochs(epochs)
                        .fit(points.x(), points.y());
                train[i] += points.error(network) / seeds;
                test[i] += fresh.error(network) / seeds;
                if (seed == 0) {
                    frames.add(new Frame(Double.toString(PROBABILITIES[i]), NoisySine.curve(network)));
                }
            }
        }
        page.figure(Frames.of("dropout probability p", frames).choose(2));
        Table table = Table.captioned("Mean squared errors, mean over " + seeds + " trainings.")
                .decimal("p", 2)
                .decimal("train", 4)
                .decimal("test", 4)
                .decimal("gap", 4);
        for (int i = 0; i < PROBABILITIES.length; i++) {
            table.row(PROBABILITIES[i], train[i], test[i], test[i] - train[i]);
        }
        page.table(table);
        if (page.size() != LabSize.SMALLEST) {
            page.claim("Without dropout, the training error is below the variance of the noise: noise was learned.")
                    .atMost(train[0], 0.09);
            page.claim("With p = 0.2 the gap between test and training error is smaller (ratio).")
                    .atMost((test[3] - train[3]) / (test[0] - train[0]), 0.9);
        }
        page.claim("With p = 0.8 even the training error is far above the noise: the curve is too flat.")
                .atLeast(train[9], 0.18);

        page.text("""
                In regression, dropout has a price that a classifier hardly notices. A class is right if its score is the largest, whatever its
                size. A predicted number must be right itself. Dropout adds variance to every sum, the network learns to live with it by making
                its curve flatter, and ReLU after a noisy sum no longer has the mean of a quiet one. We measure it: the mean
                of many noisy predictions is not the quiet prediction.
                """);
        Random random = page.random();
        NoisySine points = NoisySine.draw(20, random);
        NeuralNetwork network = network(0.5, page.seed());
        Fitting.of(network, PointwiseLoss.MEAN_SQUARED_ERROR, new AdamRule())
                .rate(0.01)
                .batchSize(20)
                .epochs(epochs)
                .fit(points.x(), points.y());
        Array quiet = network.forward(points.x(), NeuralLayer.Phase.INFERENCE);
        int draws = page.pick(500, 2_000, 10_000);
        Array mean = Array.zeros(20, 1);
        Array squares = Array.zeros(20, 1);
        for (int i = 0; i < draws; i++) {
            Array noisy = network.forward(points.x(), NeuralLayer.Phase.TRAINING);
            mean = mean.plus(noisy.times(1.0 / draws));
            squares = squares.plus(noisy.times(noisy).times(1.0 / draws));
        }
        double shift = 0; // the largest distance of the mean from the quiet prediction, in standard errors
        double deviation = 0;
        for (int i = 0; i < 20; i++) {
            double variance = squares.values()[i] - mean.values()[i] * mean.values()[i];
            shift = Math.max(shift, Math.abs(mean.values()[i] - quiet.values()[i]) / Math.sqrt(variance / draws));
            deviation += Math.sqrt(variance) / 20;
        }
        page.print("standard deviation of a prediction with dropout: %.3f; the noise of the data has 0.3", deviation);
        page.claim("After a nonlinear layer, E[out] = x no longer holds exactly (largest distance in standard errors).")
                .atLeast(shift, 4);
    }
}
