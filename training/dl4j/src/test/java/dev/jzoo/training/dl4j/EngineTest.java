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
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.Selection;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingLoop;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines are found on the class path, those that somebody else brings as well. */
class EngineTest {

    private static final int SIZE = 20;
    private static final Network NETWORK = Network.of(3).dense(2);

    @TempDir
    Path folder;

    @FunctionalInterface
    private interface IoAction {
        void run() throws IOException;
    }

    /** Runs something where a jar names {@link PlainEngine} among the engines. */
    private void withPlainEngine(IoAction action) throws IOException {
        Path services = Files.createDirectories(folder.resolve("jar/META-INF/services"));
        Files.writeString(services.resolve(Engine.class.getName()), PlainEngine.class.getName() + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] jar = {folder.resolve("jar").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jar, before)) {
            thread.setContextClassLoader(loader);
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private TrainingRun run(String engine) {
        TrainingRun run = new TrainingRun(
                Engine.of(engine),
                new Hyperparameters(4, 6, 0.1, 3),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder.resolve(engine)),
                Compute.standard(),
                TrainingListener.NONE);
        run.engine().start(run.compute(), 1);
        return run;
    }

    private static Plan plan(TrainingRun run) {
        return Plan.of(Objective.meanSquaredError(), Optimizer.sgd(), run.hyperparameters());
    }

    private static Examples examples() {
        Random random = new Random(8);
        float[] inputs = new float[SIZE * 3];
        float[] targets = new float[SIZE * 2];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < SIZE; i++) {
            targets[2 * i] = inputs[3 * i] - 2 * inputs[3 * i + 1];
            targets[2 * i + 1] = 1 + inputs[3 * i + 2];
        }
        return Examples.numbers(inputs, targets, 2, 3);
    }

    private double[] losses(TrainingRun run) throws IOException {
        try (Learner learner = run.learner(NETWORK, examples(), plan(run))) {
            return TrainingLoop.run(learner, plan(run), run, Selection.last(), Map::of)
                    .losses();
        }
    }

    @Test
    void bothEnginesAreFoundInTheOrderOfTheirNames() {
        assertEquals(
                List.of("djl", "dl4j"), Engine.all().stream().map(Engine::id).toList());
        assertEquals("Deeplearning4j", Engine.of("dl4j").title());
    }

    @Test
    void anEngineThatIsNotThereIsRefusedNamingThoseThatAre() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Engine.of("torch"));
        assertTrue(e.getMessage().contains("'torch'") && e.getMessage().contains("djl and dl4j"), e.getMessage());
    }

    @Test
    void anEngineOfAnotherJarTakesTheSameStepsAsDjl() throws IOException {
        double[] djl = losses(run("djl"));
        withPlainEngine(() -> assertArrayEquals(djl, losses(run("plain")), 1e-5));
        assertTrue(djl[3] < djl[0] / 2, () -> djl[0] + " to " + djl[3]);
    }

    @Test
    void aRunOfAnEngineOfAnotherJarIsResumedAndItsWeightsAreLoaded() throws IOException {
        withPlainEngine(() -> {
            double[] first = losses(run("plain"));
            TrainingRun again = run("plain");
            assertArrayEquals(first, losses(again), 0);
            again.folder()
                    .writeRecipe(new RecipeFile(
                            "mine", "plain", "", "", "", "", "", again.hyperparameters(), "", List.of()));
            Path weights = again.folder().weights();
            assertEquals("model.plain", weights.getFileName().toString());
            try (Learner learner = again.learner(NETWORK, examples(), plan(again));
                    SavedNetwork saved = again.engine().load(NETWORK, weights)) {
                TrainingLoop.run(learner, plan(again), again, Selection.last(), Map::of);
                float[] inputs = {0.5f, -1, 2};
                float[] expected = learner.predict(Examples.numbers(inputs, new float[2], 2, 3));
                assertArrayEquals(expected, ((PlainEngine.OneLayer) saved.network()).outputs(inputs, 1));
            }
        });
    }

    @Test
    void aLayerThatAnEngineLacksIsRefusedNamingEnginesThatHaveIt() throws IOException {
        withPlainEngine(() -> {
            Network network = Network.of(3).dense(4).relu().dense(2);
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> run("plain")
                    .learner(network, examples(), plan(run("plain"))));
            assertEquals(
                    "Plain Java 1 has no ReLU, which this network needs. Train it with --engine djl or --engine dl4j.",
                    e.getMessage());
        });
    }

    @Test
    void aNetworkThatDoesNotEndInADenseLayerIsRefused() {
        TrainingRun run = run("djl");
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> run.learner(Network.of(3).dense(2).relu(), examples(), plan(run)));
        assertTrue(e.getMessage().contains("dense 2 -> ReLU"), e.getMessage());
    }
}
