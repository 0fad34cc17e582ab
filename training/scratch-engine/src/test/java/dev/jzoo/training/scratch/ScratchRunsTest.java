package dev.jzoo.training.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Recipe.Better;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.Selection;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingLoop;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints, resuming and early stopping, on a network with all that has a state: batch norm, dropout, the optimiser, a schedule. */
class ScratchRunsTest {

    private static final int EPOCHS = 5;
    private static final int SIZE = 40;
    private static final Network NETWORK = Network.of(1, 4, 4)
            .normalisedConvolution(3, 3)
            .residual(3, 1)
            .dense(16)
            .relu()
            .dropout(0.5)
            .dense(8)
            .dropout(0.2)
            .dense(3);

    @TempDir
    Path folder;

    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Ends a run in the middle of an epoch, as Ctrl-C does. */
    private static TrainingListener cutIn(int epoch) {
        return new TrainingListener() {
            @Override
            public void step(int current, int epochs, long done, long total) {
                if (current == epoch && done > total / 2) {
                    throw new Cut();
                }
            }
        };
    }

    private TrainingRun run(String name, TrainingListener listener) {
        return new TrainingRun(
                new ScratchEngine(),
                new Hyperparameters(EPOCHS, 8, 0.01, 3),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder.resolve(name)),
                Compute.standard(),
                listener);
    }

    private static Examples examples() {
        Random random = new Random(1);
        float[] inputs = new float[SIZE * 16];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return Examples.classes(inputs, random.ints(SIZE, 0, 3).toArray(), 1, 4, 4);
    }

    private double[] train(String name, TrainingListener listener, Optimizer optimizer) throws IOException {
        return train(name, listener, optimizer, Selection.last(), Map::of);
    }

    private double[] train(
            String name,
            TrainingListener listener,
            Optimizer optimizer,
            Selection selection,
            Supplier<Map<String, Double>> measure)
            throws IOException {
        TrainingRun run = run(name, listener);
        Plan plan = new Plan(
                new Objective.CrossEntropy(0.1),
                optimizer,
                new Schedule.WarmUp(0.3, 0.1, new Schedule.Cosine()),
                0.5,
                run.hyperparameters());
        try (Learner learner = run.learner(NETWORK, examples(), plan)) {
            return TrainingLoop.run(learner, plan, run, selection, measure).losses();
        }
    }

    private byte[] checkpoint(String run, String file) throws IOException {
        return Files.readAllBytes(folder.resolve(run).resolve("checkpoints").resolve(file));
    }

    static Stream<Optimizer> optimisers() {
        return Stream.of(
                Optimizer.sgd(), Optimizer.adamW(0.01), Optimizer.momentum(0.9, 0.001), new Optimizer.Nesterov(0.9, 0));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void aResumedRunEqualsAnUninterruptedOne(Optimizer optimizer) throws IOException {
        double[] whole = train("whole", TrainingListener.NONE, optimizer);
        assertThrows(Cut.class, () -> train("cut", cutIn(2), optimizer));
        double[] resumed = train("cut", TrainingListener.NONE, optimizer);
        assertArrayEquals(whole, resumed);
        assertArrayEquals(checkpoint("whole", "model.doubles"), checkpoint("cut", "model.doubles"));
        assertTrue(whole[EPOCHS - 1] != whole[0], "training changes the loss");
    }

    @Test
    void dropoutDiffersFromEpochToEpoch() throws IOException {
        Network network = Network.of(4).dropout(0.5).dense(3);
        Plan still = Plan.of(Objective.crossEntropy(), Optimizer.sgd(), new Hyperparameters(3, 8, 1e-30, 3));
        float[] inputs = new float[8 * 4];
        Arrays.fill(inputs, 1);
        try (Learner learner = run("dropout", TrainingListener.NONE)
                .learner(network, Examples.classes(inputs, new int[8], 4), still)) {
            int[] order = {0, 1, 2, 3, 4, 5, 6, 7};
            double first = learner.epoch(0, order, done -> {});
            assertTrue(first != learner.epoch(1, order, done -> {}));
            assertEquals(first, learner.epoch(0, order, done -> {}));
        }
    }

    @Test
    void aRunWithoutProgressStopsAndKeepsItsBestWeights() throws IOException {
        Iterator<Double> scores = List.of(0.1, 0.7, 0.6, 0.7, 0.9).iterator();
        Selection selection =
                Selection.best("validation.accuracy", Better.HIGHER).withPatience(2);
        double[] losses = train(
                "stopped",
                TrainingListener.NONE,
                Optimizer.adam(),
                selection,
                () -> Map.of("validation.accuracy", scores.next()));
        assertEquals(4, losses.length);
        assertArrayEquals(checkpoint("stopped", "best.doubles"), checkpoint("stopped", "model.doubles"));
        train("last", TrainingListener.NONE, Optimizer.adam());
        assertFalse(Arrays.equals(checkpoint("stopped", "model.doubles"), checkpoint("last", "model.doubles")));
    }

    @Test
    void aSavedNetworkPredictsWhatItsLearnerPredicted() throws IOException {
        TrainingRun run = run("saved", TrainingListener.NONE);
        Plan plan = Plan.of(Objective.crossEntropy(), Optimizer.adam(), run.hyperparameters());
        float[] expected;
        try (Learner learner = run.learner(NETWORK, examples(), plan)) {
            TrainingLoop.run(learner, plan, run, Selection.last(), Map::of);
            expected = learner.predict(examples());
        }
        Path weights = folder.resolve("saved/checkpoints/model.doubles");
        try (SavedNetwork saved = new ScratchEngine().load(NETWORK, weights)) {
            BuiltNetwork built = new BuiltNetwork((dev.jzoo.scratch.NeuralNetwork) saved.network(), List.of());
            assertArrayEquals(expected, new ScratchLearner(built, examples(), plan).predict(examples()));
        }
    }

    @Test
    void aCheckpointThatIsCutIsRefusedByName() throws IOException {
        train("run", TrainingListener.NONE, Optimizer.sgd());
        Path last = folder.resolve("run/checkpoints/last.zip");
        byte[] bytes = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(bytes, bytes.length / 2));
        DataFormatException e =
                assertThrows(DataFormatException.class, () -> train("run", TrainingListener.NONE, Optimizer.sgd()));
        assertTrue(e.getMessage().contains("last.zip"), e.getMessage());
    }

    @Test
    void aDivergedTrainingReturnsNaN() {
        Plan wild = Plan.of(Objective.meanSquaredError(), Optimizer.sgd(), new Hyperparameters(1, 1, 1e200, 3));
        Examples examples = Examples.numbers(new float[] {1, 2, 3, 4}, new float[] {1, 2, 3, 4}, 1, 1);
        try (Learner learner =
                run("wild", TrainingListener.NONE).learner(Network.of(1).dense(1), examples, wild)) {
            assertTrue(Double.isNaN(learner.epoch(0, new int[] {0, 1, 2, 3}, done -> {})));
        }
    }
}
