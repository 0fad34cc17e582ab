package dev.jzoo.training.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Recipe.Better;
import dev.jzoo.training.RunFolder;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints, resuming and early stopping, on a network with all that has a state: Adam, batch norm, dropout, a schedule. */
class TrainingLoopTest {

    private static final int EPOCHS = 5;
    private static final int SIZE = 40;

    @TempDir
    Path folder;

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Ends a run in the middle of an epoch, as Ctrl-C does. */
    private static TrainingListener interruptedIn(int epoch) {
        return new TrainingListener() {
            @Override
            public void step(int current, int epochs, long done, long total) {
                if (current == epoch && done > total / 2) {
                    throw new Interruption();
                }
            }
        };
    }

    private TrainingRun run(Engine engine, String name, TrainingListener listener) {
        TrainingRun run = new TrainingRun(
                engine,
                new Hyperparameters(EPOCHS, 8, 0.01, 3),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder.resolve(name)),
                Compute.standard(),
                listener);
        run.engine().start(run.compute(), 1);
        return run;
    }

    /** Read in batches, as pictures are, with a random part that depends on the epoch. */
    private record Noisy(Examples examples) implements Examples {
        @Override
        public int size() {
            return examples.size();
        }

        @Override
        public long[] inputShape() {
            return examples.inputShape();
        }

        @Override
        public long[] targetShape() {
            return examples.targetShape();
        }

        @Override
        public void read(int[] indices, int from, int to, int epoch, float[] inputs, float[] targets) {
            examples.read(indices, from, to, epoch, inputs, targets);
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] += 0.01f * epoch;
            }
        }
    }

    private static Examples examples() {
        Random random = new Random(1);
        float[] inputs = new float[SIZE * 6];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return new Noisy(Examples.classes(inputs, random.ints(SIZE, 0, 3).toArray(), 6));
    }

    private record Trained(History history, byte[] weights) {}

    private static Trained train(
            TrainingRun run, Optimizer optimizer, Selection selection, Supplier<Map<String, Double>> m)
            throws IOException {
        Plan plan = new Plan(
                new Objective.CrossEntropy(0.1),
                optimizer,
                new Schedule.WarmUp(0.3, 0.1, new Schedule.Cosine()),
                run.engine().id().equals("djl") ? 0.5 : Double.POSITIVE_INFINITY,
                run.hyperparameters());
        Network network = Network.of(6).dense(16).relu().dropout(0.5).dense(3);
        try (Learner learner = run.learner(network, examples(), plan)) {
            History history = TrainingLoop.run(learner, plan, run, selection, m);
            ByteArrayOutputStream weights = new ByteArrayOutputStream();
            if (run.engine().id().equals("djl")) {
                learner.saveWeights(weights);
            } else {
                weights.write(((org.deeplearning4j.nn.graph.ComputationGraph) learner.network())
                        .params()
                        .toStringFull()
                        .getBytes());
            }
            return new Trained(history, weights.toByteArray());
        }
    }

    private static double[] losses(Trained trained) {
        return trained.history().losses();
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aResumedRunEqualsAnUninterruptedOne(Engine engine) throws IOException {
        for (Optimizer optimizer : List.of(Optimizer.adamW(0.01), Optimizer.momentum(0.9, 0.001))) {
            String name = optimizer.getClass().getSimpleName();
            Trained whole =
                    train(run(engine, name + "-whole", TrainingListener.NONE), optimizer, Selection.last(), Map::of);
            TrainingRun interrupted = run(engine, name + "-cut", interruptedIn(2));
            assertThrows(Interruption.class, () -> train(interrupted, optimizer, Selection.last(), Map::of));
            Trained resumed =
                    train(run(engine, name + "-cut", TrainingListener.NONE), optimizer, Selection.last(), Map::of);
            assertArrayEquals(losses(whole), losses(resumed));
            assertArrayEquals(whole.weights(), resumed.weights(), name);
            assertTrue(losses(whole)[EPOCHS - 1] < losses(whole)[0]);
        }
    }

    @Test
    void aRunThatIsOverIsNotTrainedFurther() throws IOException {
        Trained first =
                train(run(Engine.of("djl"), "run", TrainingListener.NONE), Optimizer.sgd(), Selection.last(), Map::of);
        Trained again =
                train(run(Engine.of("djl"), "run", interruptedIn(0)), Optimizer.sgd(), Selection.last(), Map::of);
        assertArrayEquals(first.weights(), again.weights());
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aRunWithoutProgressStopsAndKeepsItsBestWeights(Engine engine) throws IOException {
        Iterator<Double> scores = List.of(0.1, 0.7, 0.6, 0.7, 0.9).iterator();
        Selection selection =
                Selection.best("validation.accuracy", Better.HIGHER).withPatience(2);
        Trained stopped = train(
                run(engine, "stopped", TrainingListener.NONE),
                Optimizer.adam(),
                selection,
                () -> Map.of("validation.accuracy", scores.next()));
        assertEquals(4, stopped.history().epochs().size());
        Iterator<Double> two = List.of(0.1, 0.7, 0.6, 0.6, 0.6).iterator();
        Trained last = train(
                run(engine, "last", TrainingListener.NONE),
                Optimizer.adam(),
                new Selection("validation.accuracy", Better.HIGHER, 2, Selection.Keep.LAST),
                () -> Map.of("validation.accuracy", two.next()));
        assertFalse(java.util.Arrays.equals(stopped.weights(), last.weights()));
        Path best = folder.resolve("stopped/checkpoints/best." + (engine.id().equals("djl") ? "params" : "zip"));
        if (engine.id().equals("djl")) {
            assertArrayEquals(Files.readAllBytes(best), stopped.weights());
        }
        assertTrue(Files.exists(best));
    }

    @Test
    void aCheckpointThatIsCutIsRefusedByName() throws IOException {
        train(run(Engine.of("djl"), "run", TrainingListener.NONE), Optimizer.sgd(), Selection.last(), Map::of);
        Path last = folder.resolve("run/checkpoints/last.zip");
        byte[] bytes = Files.readAllBytes(last);
        Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        DataFormatException e = assertThrows(
                DataFormatException.class,
                () -> train(
                        run(Engine.of("djl"), "run", TrainingListener.NONE),
                        Optimizer.sgd(),
                        Selection.last(),
                        Map::of));
        assertTrue(e.getMessage().contains("last.zip"), e.getMessage());
    }

    @Test
    void theHistoryHasTheScheduleInIt() throws IOException {
        Trained trained =
                train(run(Engine.of("djl"), "run", TrainingListener.NONE), Optimizer.sgd(), Selection.last(), Map::of);
        List<Epoch> epochs = trained.history().epochs();
        assertTrue(epochs.get(1).learningRate() > epochs.get(0).learningRate());
        assertTrue(epochs.get(4).learningRate() < 0.0005);
    }
}
