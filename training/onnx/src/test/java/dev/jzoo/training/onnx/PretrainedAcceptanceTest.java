package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large networks of others, from the mirror that JZOO_MIRROR names. */
@Tag("acceptance")
class PretrainedAcceptanceTest {

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet_v1_0.75_224", "resnet50_v2_stage3_224"})
    void theBlockGivesWhatOnnxRuntimeGivesAndWritesTheSameFile(String name) throws IOException {
        new DjlEngine().start(Compute.standard(), 2);
        OnnxFile file = OnnxFile.read(Mirror.find("pretrained/" + name + ".onnx"));
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxBlock block = Passes.initialised(OnnxBlock.of(file), manager);
            List<TensorData> pictures = Passes.random(file, Map.of("N", 2L), 1, new Random(1));
            Passes.assertClose(Passes.runtime(file, pictures), Passes.outputs(block, manager, pictures), 1e-3);
            assertTrue(Arrays.equals(file.toBytes(), block.written().toBytes()));
            assertEquals(
                    file.graph().initializers().values().stream()
                            .filter(value -> value.type().isFloating() && value.elements() > 1)
                            .count(),
                    block.getParameters().size());
        }
    }

    @Test
    void theLastLayersOfMobileNetLearnWhileWhatIsFrozenStays() throws IOException {
        new DjlEngine().start(Compute.standard(), 2);
        OnnxFile file = OnnxFile.read(Mirror.find("pretrained/mobilenet_v1_0.75_224.onnx"));
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxBlock block = Passes.initialised(OnnxBlock.of(file).outputs("logits"), manager);
            int layers = block.layers().size();
            assertEquals(28, layers);
            block.trainLast(3);
            List<TensorData> pictures = Passes.random(file, Map.of("N", 4L), 1, new Random(1));
            double[] losses =
                    Training.descend(block, manager, pictures, Training.crossEntropy(309, 310, 309, 310), 0.01f, 6);
            assertTrue(losses[5] < losses[0], Arrays.toString(losses));
            Map<String, TensorData> before = file.graph().initializers();
            Map<String, TensorData> after = block.written().graph().initializers();
            long changed = before.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                    .count();
            // Gemm: weight and bias; two convolutions: weight, scale, bias and two statistics each.
            assertEquals(2 + 2 * 5, changed);
        }
    }
}
