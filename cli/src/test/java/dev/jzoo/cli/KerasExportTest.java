package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of Keras files on the command line: exported, or rejected with exit code 7 and no file. */
class KerasExportTest {

    /** Files made by make.py in that folder, with numpy's results. */
    private static final Path FILES = Path.of("../export/dl4j/src/test/resources/keras");

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = Shell.in(folder);
    }

    /** Writes a copy of a file in which a text is replaced by another of the same length. */
    private void changed(String name, String text, String other, String copy) throws Exception {
        String content = Files.readString(FILES.resolve(name), StandardCharsets.ISO_8859_1);
        assertTrue(content.contains(text) && text.length() == other.length(), text);
        Files.writeString(folder.resolve(copy), content.replace(text, other), StandardCharsets.ISO_8859_1);
    }

    private void refuses(String name, String... said) {
        Shell.Result result = shell.type("export", name, "--out", "model.onnx");
        assertEquals(7, result.exitCode(), result.err());
        for (String words : said) {
            assertTrue(result.err().contains(words), result.err());
        }
        assertEquals("", result.out());
        assertFalse(Files.exists(folder.resolve("model.onnx")), "nothing is written");
    }

    @Test
    void aModelIsExportedByItsContentAndComputesWhatNumpyDoes() throws Exception {
        Files.copy(FILES.resolve("images.h5"), folder.resolve("no-suffix"));
        Shell.Result exported = shell.type("export", "no-suffix", "--out", "model.onnx", "--json");
        assertEquals(0, exported.exitCode(), exported.err());
        assertEquals("", exported.err());
        assertTrue(exported.json().at("/parity/maxAbsolute").asDouble() <= 1e-5);
        float[] values = new float[5 * 4 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        try (OnnxModel model = OnnxModel.open(folder.resolve("model.onnx"), Device.cpu())) {
            assertArrayEquals(
                    new float[] {0.70681604f, 0.27324755f, 0.00037117f, 0.01956523f},
                    model.run(Map.of("input", Tensor.of(values, 1, 5, 4, 2)))
                            .get("output")
                            .floats(),
                    1e-5f);
        }
    }

    @Test
    void inputsOfOnesOwnStandForThoseOfTheFile() throws Exception {
        Files.copy(FILES.resolve("branches.h5"), folder.resolve("model.h5"));
        assertEquals(
                0,
                shell.type("export", "model.h5", "--input", "x=batch,5", "--out", "model.onnx")
                        .exitCode());
        assertEquals(
                "x",
                shell.type("inspect", "model.onnx", "--json")
                        .json()
                        .at("/inputs/0/name")
                        .asText());
    }

    @Test
    void everyLayerOfAnUnknownClassIsNamed() throws Exception {
        changed("images.h5", "\"Flatten\"", "\"Flaxxxx\"", "one.h5");
        refuses("one.h5", "error: Cannot export the network. No ONNX form: flatten (Flaxxxx): ");
        changed("branches.h5", "\"Dense\"", "\"Denxx\"", "several.h5");
        refuses(
                "several.h5",
                "error: Cannot export the network. 3 parts have no ONNX form:\n",
                "  left (Denxx): ",
                "  right (Denxx): ",
                "  scores (Denxx): ");
    }

    @Test
    void weightsAloneAreRefused() throws Exception {
        changed("branches.h5", "model_config", "model_xxxxxx", "weights.h5");
        refuses(
                "weights.h5",
                "error: DIR/weights.h5: the HDF5 file has no attribute model_config",
                "not only its weights");
    }

    @Test
    void aFileOfKeras3IsRefusedNamingTheVersion() throws Exception {
        changed("branches.h5", "2.11.0", "3.11.0", "three.h5");
        refuses("three.h5", "expected a model of Keras 2, found a model of Keras 3.11.0");
    }

    @Test
    void aTruncatedFileIsRefusedNamingBothLengths() throws Exception {
        byte[] whole = Files.readAllBytes(FILES.resolve("images.h5"));
        Files.write(folder.resolve("half.h5"), Arrays.copyOf(whole, whole.length / 2));
        refuses(
                "half.h5",
                "error: DIR/half.h5: the file is truncated: expected " + whole.length
                        + " bytes from its HDF5 superblock, found " + whole.length / 2);
    }

    @Test
    void aZipOfKeras3IsRefused() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("model.keras")))) {
            for (String name : new String[] {"metadata.json", "config.json", "model.weights.h5"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.closeEntry();
            }
        }
        refuses("model.keras", "found a .keras file. Save the model with Keras 2 as HDF5");
    }

    @Test
    void aFileThatOnlyHasTheNameIsRefused() throws Exception {
        Files.writeString(folder.resolve("letter.h5"), "Dear Sir or Madam");
        refuses("letter.h5", "error: DIR/letter.h5: expected a zip that", "or a Keras model in HDF5");
    }

    @Test
    void aFileThatOnlyBeginsLikeAZipIsCalledDamaged() throws Exception {
        Files.write(folder.resolve("net.pt"), new byte[] {'P', 'K', 3, 4, 0, 0});
        refuses(
                "net.pt",
                "error: DIR/net.pt: expected a zip that Deeplearning4j's ModelSerializer saved, or a Keras model in HDF5;"
                        + " found a damaged or truncated zip (");
    }

    @Test
    void aMissingFileIsNamed() {
        Shell.Result result = shell.type("export", "gone.h5", "--out", "model.onnx");
        assertEquals(3, result.exitCode());
        assertEquals("error: There is no file DIR/gone.h5.\nCheck the path for typos.\n", result.err());
    }
}
