package dev.jzoo.export.dl4j.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests files and expected outputs from {@code src/test/resources/keras/make.py}, which computes with numpy. */
class KerasFileTest {

    @TempDir
    private Path folder;

    private static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(KerasFileTest.class.getResource("/keras/" + name))
                .toURI());
    }

    /** Returns ONNX Runtime's output for sin(0), sin(1), ... */
    private static float[] output(OnnxFile file, String input, String output, long... shape) throws IOException {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "keras.onnx", Device.cpu())) {
            return model.run(Map.of(input, Tensor.of(values, shape)))
                    .get(output)
                    .floats();
        }
    }

    @Test
    void sequentialModelComputesWhatNumpyDoes() throws Exception {
        OnnxFile exported = KerasFile.exporter(file("images.h5")).export().file();
        assertArrayEquals(
                new float[] {0.70681604f, 0.27324755f, 0.00037117f, 0.01956523f},
                output(exported, "input", "output", 1, 5, 4, 2),
                1e-5f);
    }

    @Test
    void functionalModelComputesWhatNumpyDoesAndKeepsItsNames() throws Exception {
        OnnxFile exported = KerasFile.exporter(file("branches.h5")).export().file();
        Graph graph = exported.graph();
        assertEquals("features", graph.inputs().get(0).name());
        assertEquals("scores", graph.outputs().get(0).name());
        assertArrayEquals(
                new float[] {0.17925798f, 0.40854728f, 0.41219473f},
                output(exported, "features", "scores", 1, 5),
                1e-5f);
    }

    @Test
    void recurrentModelComputesWhatNumpyDoes() throws Exception {
        OnnxFile exported = KerasFile.exporter(file("words.h5")).export().file();
        try (OnnxModel model = OnnxModel.open(exported.toBytes(), "words.onnx", Device.cpu())) {
            assertArrayEquals(
                    new float[] {0.2415326f, 0.7584674f},
                    model.run(Map.of("input", Tensor.of(new float[] {3, 0, 6, 1, 5}, 1, 5)))
                            .get("output")
                            .floats(),
                    1e-5f);
        }
    }

    @Test
    void otherFileIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("model.h5"), "PK, a .keras file perhaps");
        var failure = assertThrows(DataFormatException.class, () -> KerasFile.network(other));
        assertTrue(failure.getMessage().startsWith(other + ": no HDF5 signature"), failure::getMessage);
    }

    @Test
    void weightsAloneAreRefused() throws Exception {
        Path weights = changed("branches.h5", "model_config", "model_xxxxxx");
        var failure = assertThrows(DataFormatException.class, () -> KerasFile.network(weights));
        assertTrue(failure.getMessage().contains("not only its weights"), failure::getMessage);
    }

    @Test
    void configurationThatIsNoJsonIsRefused() throws Exception {
        Path broken = changed("branches.h5", "\"layers\": [", "\"layers\": {");
        var failure = assertThrows(DataFormatException.class, () -> KerasFile.network(broken));
        assertTrue(failure.getMessage().startsWith(broken + ": attribute model_config"), failure::getMessage);
    }

    @Test
    void layerOfAnUnknownClassIsNamed() throws Exception {
        Path unknown = changed("images.h5", "\"Flatten\"", "\"Flaxxxx\"");
        var failure = assertThrows(UnsupportedNetworkException.class, () -> KerasFile.network(unknown));
        assertEquals(List.of("flatten (Flaxxxx): layers of this class are not supported"), failure.parts());
    }

    /** Copies a file and replaces a text by another of the same length. */
    private Path changed(String name, String text, String other) throws Exception {
        String content = Files.readString(file(name), StandardCharsets.ISO_8859_1);
        return Files.writeString(folder.resolve(name), content.replace(text, other), StandardCharsets.ISO_8859_1);
    }

    @Test
    void missingFileIsNamed() {
        assertThrows(NoSuchFileException.class, () -> KerasFile.network(folder.resolve("absent.h5")));
    }
}
