package dev.jzoo.training.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both engines build the same network from one description: held by training it with each. */
class NetworkTest {

    private static final int SIZE = 24;

    @TempDir
    Path folder;

    enum Kind {
        DENSE(Network.of(7).dense(9).relu().dense(5).tanh().dense(3)),
        PICTURE(Network.of(2, 8, 6)
                .convolution(4, 3)
                .relu()
                .maxPool(2)
                .convolution(5, 3, 2, 0)
                .dense(6)
                .relu()
                .dense(3)),
        OVERLAPPING(
                Network.of(2, 9, 7).convolution(4, 5).relu().maxPool(3, 2, 1).dense(3)),
        SEQUENCE(Network.of(2, 11)
                .convolution(4, 3)
                .relu()
                .maxPool(2)
                .convolution(4, 3, 2, 1)
                .dense(3)),
        LSTM_LAST(Network.of(2, 7).lstm(4).lastStep().dense(3)),
        LSTM_ALL(Network.of(2, 7).lstm(4).dense(3)),
        SIMPLE_RNN(Network.of(3, 5).simpleRnn(4).simpleRnn(3).lastStep().dense(3)),
        RECURRENT_ON_CONVOLUTION(Network.of(2, 8)
                .convolution(4, 3)
                .relu()
                .simpleRnn(4)
                .convolution(3, 3)
                .relu()
                .dense(3)),
        NORMALISED(Network.of(1, 6, 6).normalisedConvolution(4, 3).maxPool(2).dense(3)),
        RESIDUAL(Network.of(3, 8, 8)
                .normalisedConvolution(4, 3)
                .residual(4, 1)
                .residual(6, 2)
                .globalAveragePool()
                .dense(3));

        private final Network network;

        Kind(Network network) {
            this.network = network;
        }
    }

    private TrainingRun run(Engine engine) {
        TrainingRun run = new TrainingRun(
                engine,
                new Hyperparameters(1, 8, 0.1, 3),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder),
                Compute.standard(),
                TrainingListener.NONE);
        run.engine().start(run.compute(), 1);
        return run;
    }

    /** Numbers of [channels, length] by channel, or for a network that wants them so, by time. */
    private static Examples examples(Network network, Engine engine) {
        float[] byChannel = inputs(network.input());
        long[] shape = engine.inputShape(network);
        if (Arrays.equals(shape, network.input())) {
            return Examples.classes(byChannel, labels(), shape);
        }
        int length = (int) shape[0];
        int channels = (int) shape[1];
        float[] byTime = new float[byChannel.length];
        for (int i = 0; i < byTime.length; i++) {
            int channel = i % channels;
            int time = i / channels % length;
            byTime[i] = byChannel[i / (channels * length) * channels * length + channel * length + time];
        }
        return Examples.classes(byTime, labels(), shape);
    }

    private static int[] labels() {
        return new Random(6).ints(SIZE, 0, 3).toArray();
    }

    private static float[] inputs(long[] shape) {
        Random random = new Random(5);
        int values = SIZE;
        for (long axis : shape) {
            values *= (int) axis;
        }
        float[] inputs = new float[values];
        for (int i = 0; i < values; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return inputs;
    }

    /** Logits or probabilities as log-probabilities, since DL4J's network has its softmax inside. */
    private static double[] logProbabilities(Engine engine, float[] outputs) {
        double[] result = new double[outputs.length];
        for (int row = 0; row < SIZE; row++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.exp(outputs[row * 3 + c]);
            }
            for (int c = 0; c < 3; c++) {
                float value = outputs[row * 3 + c];
                result[row * 3 + c] =
                        engine.classOutput() == Engine.ClassOutput.LOGITS ? value - Math.log(sum) : Math.log(value);
            }
        }
        return result;
    }

    private double[] trained(Kind kind, Engine engine, int epochs) {
        TrainingRun run = run(engine);
        Plan plan = Plan.of(new Objective.CrossEntropy(0.1), Optimizer.sgd(), run.hyperparameters());
        Examples examples = examples(kind.network, engine);
        int[] order = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            order[i] = SIZE - 1 - i;
        }
        try (Learner learner = run.learner(kind.network, examples, plan)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                learner.epoch(epoch, order, done -> {});
            }
            return logProbabilities(engine, learner.predict(examples));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothEnginesStartFromTheSameNetworkAndTakeTheSameSteps(Kind kind) {
        double[] start = trained(kind, Engine.of("djl"), 0);
        assertArrayEquals(start, trained(kind, Engine.of("dl4j"), 0), 1e-4, "before training");
        double[] end = trained(kind, Engine.of("djl"), 2);
        assertArrayEquals(end, trained(kind, Engine.of("dl4j"), 2), 5e-3, "after training");
        double moved = 0;
        for (int i = 0; i < end.length; i++) {
            moved = Math.max(moved, Math.abs(end[i] - start[i]));
        }
        assertTrue(moved > 0.05, "training changed the outputs by " + moved + " only");
    }

    @Test
    void aNetworkDescribesItself() {
        assertEquals(
                "1 x 28 x 28 -> convolution 6 of 5 -> ReLU -> max-pool 2 -> dense 10",
                Network.of(1, 28, 28)
                        .convolution(6, 5)
                        .relu()
                        .maxPool(2)
                        .dense(10)
                        .toString());
    }

    @Test
    void aWindowOverPlainFeaturesIsRefused() {
        Network flat = Network.of(10);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> flat.maxPool(2));
        assertTrue(e.getMessage().contains("[10]"), e.getMessage());
    }

    @Test
    void examplesOfAnotherShapeAreRefusedNamingBoth() {
        TrainingRun run = run(Engine.of("djl"));
        Plan plan = Plan.of(Objective.crossEntropy(), Optimizer.sgd(), run.hyperparameters());
        Network network = Network.of(5).dense(3);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> run.learner(network, examples(Network.of(4), Engine.of("djl")), plan));
        assertTrue(e.getMessage().contains("[5]") && e.getMessage().contains("[4]"), e.getMessage());
    }

    @Test
    void aGruIsRefusedByDl4jNamingTheEngineThatHasOne() {
        Network network = Network.of(1, 40).gru(6).dense(10);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Engine.of("dl4j").requireSupport(network));
        assertTrue(e.getMessage().contains("GRU 6") && e.getMessage().contains("--engine djl"), e.getMessage());
        Engine.of("djl").requireSupport(network);
    }

    @Test
    void aRecurrentLayerOverPlainFeaturesIsRefused() {
        Network flat = Network.of(10);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> flat.lstm(2));
        assertTrue(e.getMessage().contains("LSTM 2") && e.getMessage().contains("[10]"), e.getMessage());
    }
}
