package dev.jzoo.training.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks with a schedule that DL4J trained in JZoo 0.1.0. The files in {@code dl4j-0.1.0} are that release's own: a run of the settings
 * below, whole and cut in its third epoch, and the numbers are what the whole one printed.
 */
class Dl4jFormerNamesTest {

    private static final double[] LOSSES = {
        1.2431108156840007, 1.1642299095789592, 1.0889813303947449, 1.0371938546498616, 1.0293078223864238
    };

    /** Probabilities of the first two examples after the last epoch. */
    private static final float[] OUTPUTS = {0.24528116f, 0.30685127f, 0.44786757f, 0.5148509f, 0.25149974f, 0.2336494f};

    private static final int SIZE = 24;

    @TempDir
    Path folder;

    private TrainingRun run() {
        TrainingRun run = new TrainingRun(
                new Dl4jEngine(),
                new Hyperparameters(5, 8, 0.05, 3),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder.resolve("run")),
                Compute.standard(),
                TrainingListener.NONE);
        run.engine().start(run.compute(), 1);
        return run;
    }

    private static float[] inputs(Random random) {
        float[] inputs = new float[SIZE * 4];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return inputs;
    }

    private static Examples examples() {
        Random random = new Random(1);
        return Examples.classes(inputs(random), random.ints(SIZE, 0, 3).toArray(), 4);
    }

    private static Network network() {
        return Network.of(4).dense(5).relu().dense(3);
    }

    private static Plan plan(TrainingRun run) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), run.hyperparameters())
                .withSchedule(Schedule.oneCycle());
    }

    private Path copied(String name, Path target) throws IOException {
        try (InputStream in = Dl4jFormerNamesTest.class.getResourceAsStream("/dl4j-0.1.0/" + name)) {
            Files.createDirectories(target.getParent());
            Files.copy(in, target);
            return target;
        }
    }

    @Test
    void aRunOfAnOlderReleaseIsResumedAndEqualsTheOneThatWasNotInterrupted() throws IOException {
        copied("last.zip", folder.resolve("run/checkpoints/last.zip"));
        TrainingRun run = run();
        try (Learner learner = run.learner(network(), examples(), plan(run))) {
            History history = TrainingLoop.run(learner, plan(run), run, Selection.last(), Map::of);
            assertArrayEquals(LOSSES, history.losses(), 1e-5);
            assertArrayEquals(OUTPUTS, Arrays.copyOf(learner.predict(examples()), OUTPUTS.length), 1e-5f);
        }
    }

    @Test
    void weightsOfAnOlderReleaseAreLoaded() throws IOException {
        Path weights = copied("model.zip", folder.resolve("model.zip"));
        new Dl4jEngine().start(Compute.standard(), 1);
        try (SavedNetwork saved = new Dl4jEngine().load(network(), weights)) {
            float[] outputs = ((ComputationGraph) saved.network())
                    .outputSingle(Nd4j.create(inputs(new Random(1)), new long[] {SIZE, 4}, 'c'))
                    .dup('c')
                    .data()
                    .asFloat();
            assertArrayEquals(OUTPUTS, Arrays.copyOf(outputs, OUTPUTS.length), 1e-5f);
        }
    }

    @Test
    void theScheduleIsFoundWhateverPackageItWasIn() throws IOException {
        String current = Dl4jSchedule.class.getName();
        TrainingRun run = run();
        try (Learner learner = run.learner(network(), examples(), plan(run))) {
            double before = learner.epoch(0, new int[] {0, 1, 2}, done -> {});
            ByteArrayOutputStream weights = new ByteArrayOutputStream();
            learner.saveWeights(weights);
            byte[] moved = renamed(weights.toByteArray(), current, "dev.jzoo.elsewhere.Dl4jSchedule");
            learner.loadWeights(new ByteArrayInputStream(moved));
            assertTrue(learner.epoch(1, new int[] {0, 1, 2}, done -> {}) < before);

            Path file = folder.resolve("moved.zip");
            Files.write(file, moved);
            new Dl4jEngine().load(network(), file).close();
        }
    }

    @Test
    void aScheduleOfSomebodyElseThatIsNotThereIsNamed() throws IOException {
        TrainingRun run = run();
        try (Learner learner = run.learner(network(), examples(), plan(run))) {
            ByteArrayOutputStream weights = new ByteArrayOutputStream();
            learner.saveWeights(weights);
            Path file = folder.resolve("other.zip");
            Files.write(file, renamed(weights.toByteArray(), Dl4jSchedule.class.getName(), "org.example.Dl4jSchedule"));
            DataFormatException e =
                    assertThrows(DataFormatException.class, () -> new Dl4jEngine().load(network(), file));
            assertTrue(e.getMessage().contains("other.zip"), e.getMessage());
        }
    }

    /** A network's zip whose configuration names another class. */
    private static byte[] renamed(byte[] zip, String from, String to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int found = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().equals("configuration.json")) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    found += text.contains('"' + from + '"') ? 1 : 0;
                    content = text.replace('"' + from + '"', '"' + to + '"').getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        assertEquals(1, found);
        return bytes.toByteArray();
    }
}
