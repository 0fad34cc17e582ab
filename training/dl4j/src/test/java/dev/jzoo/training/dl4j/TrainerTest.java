package dev.jzoo.training.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.FittedNetwork;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.Trainer;
import dev.jzoo.training.network.Initialisation;
import dev.jzoo.training.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks trained on arrays; what they give is compared with their exported files in ONNX Runtime. */
class TrainerTest {

    private static final float[][] CORNERS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

    @TempDir
    Path folder;

    /** As an application does it, in ten lines. */
    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void exclusiveOrIsLearntAndExported(String engine) throws IOException {
        int[] classes = {0, 1, 1, 0};
        Network network = Network.of(2).dense(8).tanh().dense(2);
        Trainer trainer =
                Trainer.on(CORNERS, classes).network(network).epochs(200).batch(4);
        try (FittedNetwork xor = trainer.learningRate(0.05).engine(engine).train()) {
            for (int i = 0; i < CORNERS.length; i++) {
                assertTrue(xor.predict(CORNERS[i])[classes[i]] > 0.9, "corner " + i);
            }
            xor.exporter().write(folder.resolve("xor.onnx"));
            assertFileGives(xor.predictAll(CORNERS), "probabilities", CORNERS, 2);
            assertEquals(200, xor.history().epochs().size());
        }
    }

    private void assertFileGives(float[][] expected, String output, float[][] inputs, long... shape)
            throws IOException {
        long[] axes = new long[shape.length + 1];
        axes[0] = inputs.length;
        System.arraycopy(shape, 0, axes, 1, shape.length);
        try (OnnxModel model = OnnxModel.open(folder.resolve("xor.onnx"), Device.cpu())) {
            Tensor given = Tensor.of(joined(inputs), axes);
            float[] found = model.run(Map.of("input", given)).get(output).floats();
            assertArrayEquals(joined(expected), found, 1e-5f);
        }
    }

    private static float[] joined(float[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i / rows[0].length][i % rows[0].length];
        }
        return values;
    }

    /** y = 2 a - b + 1, found by least squares exactly. */
    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aPlaneIsFound(String engine) throws IOException {
        float[][] heights = {{1}, {0}, {3}, {2}};
        Plan plan = Plan.of(Objective.meanSquaredError(), Optimizer.sgd(), new Hyperparameters(400, 4, 0.3, 5));
        Trainer trainer =
                Trainer.on(CORNERS, heights).network(Network.of(2).dense(1)).plan(plan);
        try (FittedNetwork plane = trainer.engine(engine).train()) {
            assertEquals(2 * 0.5 - 3 + 1, plane.predict(new float[] {0.5f, 3})[0], 1e-3);
            OnnxExporter exporter = plane.exporter();
            exporter.write(folder.resolve("xor.onnx"));
            assertFileGives(plane.predictAll(CORNERS), "output", CORNERS, 2);
        }
    }

    /** The sum of the first channel: what a sequence is must be the same for engines that read it in another order, and in the file. */
    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void sequencesAreReadAsTheNetworkIsDescribed(String engine) throws IOException {
        Random random = new Random(4);
        float[][] inputs = new float[64][6];
        float[][] sums = new float[64][1];
        for (int i = 0; i < inputs.length; i++) {
            for (int place = 0; place < 6; place++) {
                inputs[i][place] = random.nextFloat() - 0.5f;
                sums[i][0] += place < 3 ? inputs[i][place] : 0;
            }
        }
        Network network = Network.of(2, 3).simpleRnn(6).lastStep().dense(1);
        Trainer trainer =
                Trainer.on(inputs, sums).network(network).epochs(150).batch(16).learningRate(0.01);
        try (FittedNetwork sum = trainer.engine(engine).train()) {
            double error = 0;
            for (int i = 0; i < inputs.length; i++) {
                error += Math.abs(sum.predict(inputs[i])[0] - sums[i][0]) / inputs.length;
            }
            assertTrue(error < 0.05, "mean error " + error);
            sum.exporter().write(folder.resolve("xor.onnx"));
            assertFileGives(sum.predictAll(inputs), "output", inputs, 2, 3);
        }
    }

    @Test
    void bothEnginesTakeTheSameStepsFromTheSameWeights() {
        double djl = loss(trainer("djl"));
        assertEquals(djl, loss(trainer("dl4j")), 1e-5);
        assertTrue(Math.abs(djl - loss(trainer("djl").seed(2))) > 1e-4, "another seed");
        assertTrue(Math.abs(djl - loss(trainer("djl").initialisation(Initialisation.LECUN))) > 1e-4, "other weights");
        Plan plan = Plan.of(Objective.crossEntropy(), Optimizer.adam(), new Hyperparameters(10, 2, 0.05, 1));
        assertEquals(djl, loss(trainer("djl").plan(plan)), 0);
        Plan cosine = plan.withSchedule(new Schedule.Cosine());
        assertTrue(Math.abs(djl - loss(trainer("djl").plan(cosine))) > 1e-4, "another schedule");
    }

    /** DL4J's own score has the penalty in it, which is several times the loss here. */
    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adamw"})
    void aLossDoesNotContainTheWeightDecay(String optimizer) {
        Plan plan =
                Plan.of(Objective.crossEntropy(), Optimizer.named(optimizer, 0.5), new Hyperparameters(1, 4, 0.001, 1));
        double djl = loss(trainer("djl").plan(plan));
        double plain =
                loss(trainer("djl").plan(Plan.of(Objective.crossEntropy(), Optimizer.sgd(), plan.hyperparameters())));
        assertEquals(plain, djl, 1e-6, "the loss of the first batch is that of the initial weights");
        assertEquals(djl, loss(trainer("dl4j").plan(plan)), 1e-5);
    }

    private static Trainer trainer(String engine) {
        Network network = Network.of(2).dense(4).tanh().dense(2);
        return Trainer.on(CORNERS, new int[] {0, 1, 1, 0})
                .network(network)
                .epochs(10)
                .batch(2)
                .learningRate(0.05)
                .engine(engine);
    }

    private static double loss(Trainer trainer) {
        try (FittedNetwork fitted = trainer.train()) {
            return fitted.history().last().loss();
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        int[] classes = {0, 1, 1, 0};
        IllegalArgumentException few =
                assertThrows(IllegalArgumentException.class, () -> Trainer.on(CORNERS, new int[] {0, 1}));
        assertEquals("Each input needs a target; found 4 inputs and 2 targets.", few.getMessage());
        IllegalArgumentException none =
                assertThrows(IllegalArgumentException.class, Trainer.on(CORNERS, classes)::train);
        assertTrue(none.getMessage().contains("network(...)"), none.getMessage());
        IllegalArgumentException wide = assertThrows(
                IllegalArgumentException.class,
                Trainer.on(CORNERS, classes).network(Network.of(3).dense(2))::train);
        assertEquals("Each row must have 3 values, but row 0 has 2.", wide.getMessage());
        IllegalArgumentException layer = assertThrows(
                IllegalArgumentException.class,
                Trainer.on(CORNERS, classes)
                        .network(Network.of(1, 2).gru(2).lastStep().dense(2))
                        .engine("dl4j")::train);
        assertTrue(layer.getMessage().contains("has no GRU"), layer.getMessage());
    }
}
