package dev.jzoo.training.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Half;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.FittedNetwork;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Trainer;
import dev.jzoo.training.UnsupportedSettingException;
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine as it is found, what it refuses, and networks that it trained beside their exported files. */
class ScratchEngineTest {

    private static final float[][] CORNERS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

    @TempDir
    Path folder;

    @Test
    void itIsFoundByItsName() {
        assertEquals(
                List.of("djl", "scratch"), Engine.all().stream().map(Engine::id).toList());
        Engine engine = Engine.of("scratch");
        assertEquals("JZoo scratch", engine.title());
        assertTrue(engine.version().startsWith("JZoo scratch "), engine.version());
    }

    @Test
    void exclusiveOrIsLearntAndExported() throws IOException {
        int[] classes = {0, 1, 1, 0};
        Trainer trainer = Trainer.on(CORNERS, classes)
                .network(Network.of(2).dense(8).tanh().dense(2))
                .epochs(200)
                .batch(4)
                .learningRate(0.05)
                .engine("scratch");
        try (FittedNetwork xor = trainer.train()) {
            for (int i = 0; i < CORNERS.length; i++) {
                assertTrue(xor.predict(CORNERS[i])[classes[i]] > 0.9, "corner " + i);
            }
            OnnxExporter exporter = xor.exporter();
            assertTrue(exporter.write(folder.resolve("xor.onnx")).parity().maxAbsolute() <= 1e-5);
            float[][] expected = xor.predictAll(CORNERS);
            try (OnnxModel model = OnnxModel.open(folder.resolve("xor.onnx"), Device.cpu())) {
                for (int i = 0; i < CORNERS.length; i++) {
                    Tensor given = Tensor.of(CORNERS[i], 1, 2);
                    assertArrayEquals(
                            expected[i],
                            model.run(Map.of("input", given))
                                    .get("probabilities")
                                    .floats(),
                            1e-6f);
                }
            }
        }
    }

    /** The sum of the first channel, of sequences in the order of their description. */
    @Test
    void sequencesAreReadAsTheNetworkIsDescribed() throws IOException {
        Random random = new Random(4);
        float[][] inputs = new float[64][6];
        float[][] sums = new float[64][1];
        for (int i = 0; i < inputs.length; i++) {
            for (int place = 0; place < 6; place++) {
                inputs[i][place] = random.nextFloat() - 0.5f;
                sums[i][0] += place < 3 ? inputs[i][place] : 0;
            }
        }
        Trainer trainer = Trainer.on(inputs, sums)
                .network(Network.of(2, 3).simpleRnn(6).lastStep().dense(1))
                .epochs(150)
                .batch(16)
                .learningRate(0.01)
                .engine("scratch");
        try (FittedNetwork sum = trainer.train()) {
            double error = 0;
            for (int i = 0; i < inputs.length; i++) {
                error += Math.abs(sum.predict(inputs[i])[0] - sums[i][0]) / inputs.length;
            }
            assertTrue(error < 0.05, "mean error " + error);
            assertTrue(sum.exporter().write(folder.resolve("sum.onnx")).parity().agrees());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POOL, 'max-pool 3, stride 2'",
        "STRIDED_RESIDUAL, '[convolution 6 of 3, stride 2, batch norm, ReLU, convolution 6 of 3, batch norm] + [convolution 6 of 1, stride 2, batch norm]'",
        "SIGNAL, convolution 4 of 3",
        "SIGNAL_POOL, max-pool 2",
        "LATE_RECURRENCE, LSTM 4",
        "CONVOLUTION_OF_STATES, convolution 3 of 3",
        "OBLONG, global average pool",
        "LAST_OF_SIGNAL, last step"
    })
    void aLayerThatTheLibraryLacksIsNamedWithTheEngineThatHasIt(Unsupported form, String layer) {
        Engine engine = Engine.of("scratch");
        UnsupportedSettingException e =
                assertThrows(UnsupportedSettingException.class, () -> engine.requireSupport(form.network));
        assertTrue(
                e.getMessage().startsWith(engine.version() + " has no " + layer)
                        && e.getMessage().endsWith("Train it with --engine djl."),
                e.getMessage());
    }

    enum Unsupported {
        POOL(Network.of(2, 9, 7).convolution(4, 5).maxPool(3, 2, 1).dense(3)),
        STRIDED_RESIDUAL(Network.of(3, 8, 8).residual(6, 2).globalAveragePool().dense(3)),
        SIGNAL(Network.of(2, 8).convolution(4, 3).dense(3)),
        SIGNAL_POOL(Network.of(2, 8).maxPool(2).dense(3)),
        LATE_RECURRENCE(Network.of(2, 8).tanh().lstm(4).lastStep().dense(3)),
        CONVOLUTION_OF_STATES(Network.of(2, 8).lstm(4).convolution(3, 3).dense(3)),
        OBLONG(Network.of(2, 8, 6).convolution(3, 3).globalAveragePool().dense(3)),
        LAST_OF_SIGNAL(Network.of(2, 8).lastStep().dense(3));

        private final Network network;

        Unsupported(Network network) {
            this.network = network;
        }
    }

    @Test
    void anotherDeviceIsRefused() {
        JZooException e =
                assertThrows(JZooException.class, () -> new ScratchEngine().start(new Compute(Device.cuda(0), 0), 1));
        assertEquals(JZooException.Code.DEVICE, e.code());
    }

    @Test
    void examplesThatContinueEachOtherAreRefused() {
        TextExamples text = TextExamples.continuing(new int[100], 5, 2, 1);
        Plan plan = Plan.of(Objective.crossEntropy(), Optimizer.sgd(), new Hyperparameters(1, 2, 0.1, 1));
        UnsupportedSettingException e = assertThrows(UnsupportedSettingException.class, () -> new ScratchEngine()
                .build(Network.of(5).dense(2), new InitialWeights(1), text, plan, Compute.standard()));
        assertTrue(e.getMessage().contains("does not carry the state"), e.getMessage());
    }

    @Test
    void largeWeightsAreRoundedToHalf() {
        NeuralNetwork network = new LayerBuilder(new InitialWeights(1))
                .build(Network.of(Half.LARGE).dense(1))
                .network();
        double[] weight = network.weights().get(0).value().values();
        double[] before = weight.clone();
        new ScratchEngine().roundToHalf(network);
        for (int i = 0; i < weight.length; i++) {
            assertEquals(before[i], weight[i], 1e-3 * Math.abs(before[i]) + 1e-7);
            assertEquals(weight[i], Half.rounded(new float[] {(float) weight[i]})[0]);
        }
        assertThrows(IllegalArgumentException.class, () -> new ScratchEngine().roundToHalf("a text"));
    }
}
