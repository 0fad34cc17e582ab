package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                          | found an empty file
                    hello, this is no model                                     | found text ("hello, this is no model")
                    <!DOCTYPE html><html><body>404</body></html>                | found an HTML page
                    version https://git-lfs.github.com/spec/v1 oid sha256:12 size 3 | found a Git LFS pointer
                    {"error": "not found"}                                      | found JSON
                    PK\u0003\u0004zip                                           | found a ZIP archive
                    %PDF-1.7                                                    | found a PDF document
                    """)
    void whatIsNoModelIsRefusedSayingWhatItLooksLike(String content, String expected) throws Exception {
        byte[] bytes = (content == null ? "" : content).getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("model.onnx");
        Files.write(file, bytes);
        String message = assertThrows(DataFormatException.class, () -> OnnxModel.open(file, Device.cpu()))
                .getMessage();
        assertTrue(message.startsWith(file + ": expected an ONNX model, " + expected), message);
        message = assertThrows(DataFormatException.class, () -> OnnxModel.open(bytes, "memory", Device.cpu()))
                .getMessage();
        assertTrue(message.startsWith("memory: expected an ONNX model, " + expected), message);
    }

    /** Returns y = x + w, where w is four floats in a file whose name has 14 bytes. */
    private static byte[] withWeightsIn(String location) {
        String before =
                "08083a5c0a0e0a01780a017712017922034164641201672a25080410014201776a1a0a086c6f636174696f6e12" + "0e";
        String after = "70015a0f0a0178120a0a08080112040a020804620f0a0179120a0a08080112040a02080442021011";
        return HexFormat.of().parseHex(before + HexFormat.of().formatHex(location.getBytes()) + after);
    }

    @Test
    void weightsLieBesideTheirModelAndNowhereElse() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.write(folder.resolve("weights.bin"), new byte[16]);
        Files.write(inside.resolve("weights0001.bi"), new byte[16]);
        Path model = inside.resolve("model.onnx");
        Files.write(model, withWeightsIn("weights0001.bi"));
        OnnxModel.open(model, Device.cpu()).close();

        Files.write(model, withWeightsIn("../weights.bin"));
        assertThrows(DataFormatException.class, () -> OnnxModel.open(model, Device.cpu()));
    }

    @Test
    void aModelWhoseGraphIsCutShortAnywhereIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(Fixtures.file("quadrants.onnx"));
        String ports = "['image' uint8 [N, 28, 28, 1]] -> ['probabilities' float [N, 4]]";
        int opened = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            DataFormatException refusal = null;
            try (OnnxModel model = OnnxModel.open(cut, "cut", Device.cpu())) {
                // a cut between the fields after the graph leaves the graph complete, without some of the metadata
                assertEquals(ports, model.inputs() + " -> " + model.outputs(), "opened at " + length);
                opened++;
            } catch (DataFormatException e) {
                refusal = e;
            }
            assertTrue(refusal == null || refusal.getMessage().startsWith("cut: "), String.valueOf(refusal));
        }
        String message = assertThrows(
                        DataFormatException.class, () -> OnnxModel.open(Arrays.copyOf(whole, 300), "cut", Device.cpu()))
                .getMessage();
        assertTrue(message.endsWith("the file is truncated, damaged, or in another format"), message);
    }

    @Test
    void randomBytesAreRefused() {
        long seed = 4;
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(2000)];
            random.nextBytes(bytes);
            assertThrows(
                    DataFormatException.class, () -> OnnxModel.open(bytes, "random", Device.cpu()), "seed " + seed);
        }
    }

    @Test
    void aFileThatDoesNotExistIsNotFound() {
        Path file = folder.resolve("none.onnx");
        JZooException failure = assertThrows(JZooException.class, () -> OnnxModel.open(file, Device.cpu()));
        assertEquals(JZooException.Code.NOT_FOUND, failure.code());
        assertEquals("There is no file " + file + ".", failure.summary());
    }

    @Test
    void aFolderIsRefused() {
        assertTrue(assertThrows(DataFormatException.class, () -> OnnxModel.open(folder, Device.cpu()))
                .getMessage()
                .endsWith("found a folder"));
    }

    @Test
    void messagesOfTheRuntimeLoseThePlacesInItsSource() {
        assertEquals(
                "ModelProto does not have a graph.",
                OrtMessage.clean("Error code - ORT_FAIL - message: Load model from /tmp/a b.onnx"
                        + " failed:/onnxruntime_src/onnxruntime/core/graph/model.cc:177 onnxruntime::Model::Model("
                        + "onnx::ModelProto&&, const onnxruntime::ModelOptions&) ModelProto does not have a graph.\n"));
    }
}
