package dev.jzoo.recipes.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
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
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.training.testing.FreedMemory;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttentionCharactersTest {

    private static final int CHARACTERS = 7;
    private static final int WINDOW = 6;
    private static final AttentionCharacters NETWORK = new AttentionCharacters(CHARACTERS, WINDOW, 8, 2, 2, 0.1);

    @TempDir
    Path folder;

    private TrainingRun run;

    @BeforeEach
    void start() {
        run = new TrainingRun(
                Engine.of("djl"),
                new Hyperparameters(3, 4, 0.02, 1),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder.resolve("run")),
                Compute.standard(),
                TrainingListener.NONE);
        run.engine().start(run.compute(), 1);
    }

    private static long[] ids(long seed) {
        return new Random(seed).longs(WINDOW, 0, CHARACTERS).toArray();
    }

    /** A seed decides all of a training, whatever the garbage collector does meanwhile. */
    @Test
    void theOutlineHasAsManyParametersAsTheNetworkAndARowForEachLayer() {
        try (NDManager manager = NDManager.newBaseManager()) {
            long parameters = AttentionBlock.initialised(NETWORK, 1, manager).getParameters().values().stream()
                    .mapToLong(parameter -> parameter.getArray().size())
                    .sum();
            assertEquals(parameters, NETWORK.outline().parameters());
        }
        assertEquals(1 + 2 + 2, NETWORK.outline().layers().size());
        assertEquals(
                List.of((long) WINDOW, (long) CHARACTERS),
                NETWORK.outline().layers().get(4).output());
    }

    @Test
    void trainingsWithTheSameSeedEndInTheSameWeights() throws Exception {
        byte[] first = train();
        for (int again = 1; again <= 3; again++) {
            assertArrayEquals(first, FreedMemory.overwrittenDuring(this::train), "again, " + again);
        }
    }

    private byte[] train() throws IOException {
        TextExamples examples =
                NETWORK.examples(run, new Random(3).ints(400, 0, CHARACTERS).toArray());
        Plan plan = Plan.of(Objective.crossEntropy(), Optimizer.adam(), run.hyperparameters())
                .withMaxGradientNorm(1);
        int[] order = IntStream.range(0, examples.size()).toArray();
        try (Learner learner = NETWORK.learner(run, examples, plan)) {
            for (int epoch = 0; epoch < run.hyperparameters().epochs(); epoch++) {
                assertTrue(Double.isFinite(learner.epoch(epoch, order, done -> {})), "epoch " + epoch);
            }
            ByteArrayOutputStream weights = new ByteArrayOutputStream();
            learner.saveWeights(weights);
            return weights.toByteArray();
        }
    }

    /** DJL's mul(Number) would not do: what it multiplies by is freed before the backward pass. */
    @Test
    void theBackwardPassReadsNothingThatWasFreed() throws InterruptedException {
        Map<String, float[]> expected = gradients(false);
        Map<String, float[]> gradients = gradients(true);
        expected.forEach((name, values) -> assertArrayEquals(values, gradients.get(name), name));
    }

    private static Map<String, float[]> gradients(boolean overwritten) throws InterruptedException {
        Map<String, float[]> gradients = new TreeMap<>();
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
            AttentionBlock block =
                    AttentionBlock.initialised(new AttentionCharacters(CHARACTERS, WINDOW, 8, 2, 2, 0), 1, manager);
            for (Pair<String, Parameter> parameter : block.getParameters()) {
                parameter.getValue().getArray().setRequiresGradient(true);
            }
            NDArray logits = forward(block, manager, ids(1));
            NDArray loss = logits.logSoftmax(-1).square().mean();
            if (overwritten) {
                FreedMemory.overwrite();
            }
            collector.backward(loss);
            for (Pair<String, Parameter> parameter : block.getParameters()) {
                NDArray gradient = parameter.getValue().getArray().getGradient();
                gradients.put(parameter.getKey(), gradient.toFloatArray());
            }
        }
        return gradients;
    }

    private static NDArray forward(AttentionBlock block, NDManager manager, long[] ids) {
        NDList input = new NDList(manager.create(ids).expandDims(0));
        return block.forward(new ParameterStore(manager, false), input, false).singletonOrThrow();
    }

    @Test
    void aPlaceSeesItselfAndThoseBeforeItOnly() {
        try (NDManager manager = NDManager.newBaseManager()) {
            AttentionBlock block = AttentionBlock.initialised(NETWORK, 1, manager);
            long[] ids = ids(2);
            float[] before = forward(block, manager, ids).toFloatArray();
            int changed = 3;
            ids[changed] = (ids[changed] + 1) % CHARACTERS;
            float[] after = forward(block, manager, ids).toFloatArray();
            for (int place = 0; place < WINDOW; place++) {
                String one = row(before, place);
                String other = row(after, place);
                if (place < changed) {
                    assertEquals(one, other, "place " + place);
                } else {
                    assertNotEquals(one, other, "place " + place);
                }
            }
        }
    }

    private static String row(float[] logits, int place) {
        return Arrays.toString(Arrays.copyOfRange(logits, place * CHARACTERS, (place + 1) * CHARACTERS));
    }

    @Test
    void headsThatCannotShareTheWidthAreRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new AttentionCharacters(CHARACTERS, WINDOW, 8, 3, 1, 0));
        assertEquals("3 heads cannot share a width of 8 evenly.", e.getMessage());
    }
}
