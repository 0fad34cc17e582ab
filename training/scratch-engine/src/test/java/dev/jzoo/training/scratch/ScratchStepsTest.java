package dev.jzoo.training.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Training with this engine, step by step beside DJL: the same losses and the same predictions, for every layer and optimiser. */
class ScratchStepsTest {

    private static final int SIZE = 24;
    private static final int EPOCHS = 3;

    private static int compared;
    private static double largest;

    enum Form {
        DENSE(Network.of(7).dense(9).relu().dense(5).tanh().dense(3)),
        PICTURE(Network.of(2, 8, 6)
                .convolution(4, 3)
                .relu()
                .maxPool(2)
                .convolution(5, 3, 2, 0)
                .dense(6)
                .relu()
                .dense(3)),
        OVERLAPPING_POOL(
                Network.of(2, 9, 7).convolution(4, 5).relu().maxPool(3, 2, 0).dense(3)),
        FLAT_PICTURE(Network.of(2, 4, 3).dense(5).tanh().dense(3)),
        FLAT_SEQUENCE(Network.of(2, 4).dense(5).tanh().dense(3)),
        NORMALISED(Network.of(1, 6, 6).normalisedConvolution(4, 3).maxPool(2).dense(3)),
        RESIDUAL(Network.of(3, 6, 6)
                .normalisedConvolution(4, 3)
                .residual(4, 1)
                .globalAveragePool()
                .dense(3)),
        SIMPLE(Network.of(3, 5).simpleRnn(4).simpleRnn(3).lastStep().dense(3)),
        SIMPLE_ALL(Network.of(3, 5).simpleRnn(4).dense(3)),
        LSTM(Network.of(2, 7).lstm(4).lastStep().dense(3)),
        LSTM_ALL(Network.of(2, 7).lstm(4).tanh().dense(5).relu().dense(3)),
        GRU(Network.of(2, 7).gru(4).lastStep().dense(3)),
        GRU_ALL(Network.of(2, 7).gru(4).lstm(3).dense(3));

        private final Network network;

        Form(Network network) {
            this.network = network;
        }

        /** PyTorch's running variance has the factor n / (n - 1), which predictions show. */
        private boolean isNormalised() {
            return network.layers().stream()
                    .anyMatch(layer -> layer instanceof Layer.BatchNormalization || layer instanceof Layer.Residual);
        }
    }

    @BeforeAll
    static void startDjl() {
        Engine.of("djl").start(Compute.standard(), 1);
    }

    @AfterAll
    static void print() {
        System.out.printf(
                Locale.ROOT,
                "Scratch engine beside DJL: %d losses compared, largest relative difference %.1e%n",
                compared,
                largest);
    }

    private record Outcome(double[] losses, float[] before, float[] after) {}

    private static Outcome trained(String engine, Network network, Examples examples, Plan plan) {
        int[] order = new int[SIZE];
        Arrays.setAll(order, i -> SIZE - 1 - i);
        try (Learner learner =
                Engine.of(engine).learner(network, new InitialWeights(3), examples, plan, Compute.standard())) {
            float[] before = learner.predict(examples);
            double[] losses = new double[EPOCHS];
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                losses[epoch] = learner.epoch(epoch, order, done -> {});
            }
            return new Outcome(losses, before, learner.predict(examples));
        }
    }

    private static Examples examples(Network network, Objective objective) {
        Random random = new Random(5);
        long[] shape = Engine.of("scratch").inputShape(network);
        float[] inputs = new float[(int) (SIZE * Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        if (objective instanceof Objective.CrossEntropy) {
            return Examples.classes(inputs, random.ints(SIZE, 0, 3).toArray(), shape);
        }
        float[] targets = new float[3 * SIZE];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float) random.nextGaussian();
        }
        return Examples.numbers(inputs, targets, 3, shape);
    }

    private static void requireSameLosses(double[] djl, double[] scratch) {
        for (int i = 0; i < djl.length; i++) {
            assertEquals(djl[i], scratch[i], 2e-6 * djl[i], "epoch " + i);
            largest = Math.max(largest, Math.abs(djl[i] - scratch[i]) / djl[i]);
            compared++;
        }
    }

    /** The last batch of an epoch is smaller than the others. */
    @ParameterizedTest
    @EnumSource
    void everyLayerTakesTheStepsOfDjl(Form form) {
        for (Objective objective :
                new Objective[] {new Objective.CrossEntropy(0.1), Objective.crossEntropy(), Objective.meanSquaredError()
                }) {
            Plan plan = Plan.of(objective, Optimizer.sgd(), new Hyperparameters(EPOCHS, 7, 0.02, 3));
            Examples examples = examples(form.network, objective);
            Outcome djl = trained("djl", form.network, examples, plan);
            Outcome scratch = trained("scratch", form.network, examples, plan);
            assertArrayEquals(djl.before, scratch.before, 1e-5f, "before training");
            requireSameLosses(djl.losses, scratch.losses);
            if (!form.isNormalised()) {
                assertArrayEquals(djl.after, scratch.after, 2e-5f, "after training");
            }
            assertTrue(djl.losses[2] < djl.losses[0], "the loss falls");
        }
    }

    static Stream<Optimizer> optimisers() {
        return Stream.of(
                Optimizer.sgd(),
                Optimizer.momentum(0, 0.1),
                Optimizer.momentum(0.9, 0),
                Optimizer.momentum(0.8, 0.05),
                new Optimizer.Nesterov(0.9, 0),
                new Optimizer.Nesterov(0.8, 0.05),
                Optimizer.adam(),
                Optimizer.adamW(0.1),
                new Optimizer.Adam(0.8, 0.9, 1e-3, 0.02));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void everyOptimiserTakesTheStepsOfDjl(Optimizer optimizer) {
        for (double maxNorm : new double[] {Double.POSITIVE_INFINITY, 0.3}) {
            Plan plan = new Plan(
                    Objective.crossEntropy(),
                    optimizer,
                    new Schedule.WarmUp(0.3, 0.1, new Schedule.Cosine()),
                    maxNorm,
                    new Hyperparameters(EPOCHS, 5, 0.02, 3));
            Network network = Form.DENSE.network;
            Examples examples = examples(network, plan.objective());
            Outcome djl = trained("djl", network, examples, plan);
            Outcome scratch = trained("scratch", network, examples, plan);
            requireSameLosses(djl.losses, scratch.losses);
            assertArrayEquals(djl.after, scratch.after, 2e-5f, optimizer.toString());
        }
    }
}
