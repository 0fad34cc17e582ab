package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.XavierInitializer;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.TensorFile;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX's nine 'light' architectures: networks of opset 9 whose weights are one number each, written by ConstantOfShape. */
@Tag("acceptance")
class LightModelsTest {

    private static final int STEPS = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bvlc_alexnet",
                "densenet121",
                "inception_v1",
                "inception_v2",
                "resnet50",
                "shufflenet",
                "squeezenet",
                "vgg19",
                "zfnet512"
            })
    void itGivesWhatIsExpectedAndItsLossFallsFromRandomWeights(String name) throws IOException {
        new DjlEngine().start(Compute.standard(), 2);
        try (FileSystem zip = FileSystems.newFileSystem(ConformanceTest.source());
                NDManager manager = NDManager.newBaseManager()) {
            Path path = zip.getPath("light", "light_" + name + ".onnx");
            OnnxFile file = OnnxFile.read(path);
            OnnxBlock given = Passes.initialised(OnnxBlock.of(file), manager);
            TensorData expected = TensorFile.read(path.resolveSibling("light_" + name + "_output_0.pb"))
                    .data();
            Passes.assertClose(List.of(expected), Passes.outputs(given, manager, List.of(ramp())), 1e-3);
            given.clear();

            OnnxBlock fresh = logits(file);
            fresh.setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
            Passes.initialised(fresh, manager);
            List<TensorData> picture = Passes.random(file, Map.of(), 1, new Random(1));
            double[] losses = Training.descend(fresh, manager, picture, Training.crossEntropy(3), 1e-3f, STEPS);
            System.out.printf("%s: %.3f to %.3f%n", name, losses[0], losses[STEPS - 1]);
            assertTrue(losses[STEPS - 1] < losses[0], () -> java.util.Arrays.toString(losses));
        }
    }

    /** What ONNX's own runner gives these models: numbers that grow from 0 to 1. */
    private static TensorData ramp() {
        float[] values = new float[3 * 224 * 224];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((double) i / values.length);
        }
        return TensorData.of(values, 1, 3, 224, 224);
    }

    private static OnnxBlock logits(OnnxFile file) {
        List<Node> nodes = file.graph().nodes();
        Node last = nodes.get(nodes.size() - 1);
        OnnxBlock block = OnnxBlock.of(file);
        return last.opType().equals("Softmax") ? block.outputs(last.inputs().get(0)) : block;
    }
}
