package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.zoo.catalogue.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published model as a block. */
class ZooModelsTest {

    private static final Path MODELS = Path.of("..", "..", "zoo", "models");

    /** More than any vocabulary here could be below. */
    private static final int IDS = 60;

    @BeforeAll
    static void startEngine() {
        new DjlEngine().start(Compute.standard(), 1);
    }

    static Stream<Path> models() throws IOException {
        return Manifest.read(MODELS.resolve(Manifest.FILE_NAME)).entries().stream()
                .map(entry -> MODELS.resolve(entry.file().path()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theBlockGivesWhatOnnxRuntimeGivesAtSeveralBatchSizes(Path model) throws IOException {
        OnnxFile file = OnnxFile.read(model);
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxBlock block = Passes.initialised(OnnxBlock.of(file), manager);
            for (long batch : new long[] {1, 3, 4}) {
                Map<String, Long> sizes = Map.of("batch", batch, "time", batch + 4);
                List<TensorData> inputs = Passes.random(file, sizes, IDS, new Random(batch));
                Passes.assertClose(Passes.runtime(file, inputs), Passes.outputs(block, manager, inputs), 1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void loadedAndWrittenAModelHasTheSameBytes(Path model) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxBlock block = Passes.initialised(OnnxBlock.read(model), manager);
            assertArrayEquals(Files.readAllBytes(model), block.written().toBytes());
        }
    }
}
