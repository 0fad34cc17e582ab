package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.series.SignalClassifier;
import dev.jzoo.inference.tables.Regressor;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of other programs' files: small files of unusual forms, made by make_cases.py, and files that failed once. */
class ForeignFilesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/onnx");

    @TempDir
    Path folder;

    private static OnnxModel open(String name) throws Exception {
        return OnnxModel.open(
                CASES.resolve(name + ".onnx"),
                Device.cpu(),
                SessionSettings.standard().withThreads(1));
    }

    @Test
    void axesOfOneNameMayHaveDifferentSizes() throws Exception {
        try (OnnxModel model = open("same_symbol")) {
            for (int i = 0; i < 3; i++) {
                Tensor x = Tensor.of(new float[2 * 3 * 4 * 5], 2, 3, 4, 5);
                assertArrayEquals(
                        new long[] {2, 2}, model.run(Map.of("x", x)).get("y").shape());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cast-uint32, 3000000000, 0, 4294967295",
        "cast-uint64, 3000000000, 1, 9007199254740991",
        "cast-uint16, 40000, 1, 65535",
        "cast-int16, -32768, 1, 32767"
    })
    void unsignedAndShortIntegersComeOutAsTheyAre(String name, double a, double b, double c) throws Exception {
        try (OnnxModel model = open(name)) {
            Tensor given = Tensor.ofDoubles(new double[] {a, b, c}, 3);
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(
                        given.doubles(), model.run(Map.of("x", given)).get("y").numbers());
            }
        }
    }

    @Test
    void anUnsignedNumberBeyondALongIsRefused() throws Exception {
        try (OnnxModel model = open("cast-uint64")) {
            JZooException refusal = assertThrows(
                    JZooException.class, () -> model.run(Map.of("x", Tensor.ofDoubles(new double[] {1, 0x1p63}, 2))));
            assertTrue(refusal.getMessage().contains("Element 1 of a uint64 output is 9223372036854775808"));
        }
    }

    @ParameterizedTest
    @CsvSource({"port_uint32, uint32", "id-uint64, uint64", "id-uint16, uint16"})
    void anInputThatTheBindingHasNoTensorsForIsRefusedByName(String name, String type) throws Exception {
        try (OnnxModel model = open(name)) {
            for (Tensor given : List.of(Tensor.ofInts(new int[2], 1, 2), Tensor.ofLongs(new long[2], 1, 2))) {
                String message = assertThrows(IllegalArgumentException.class, () -> model.run(Map.of("x", given)))
                        .getMessage();
                assertTrue(message.contains("expected 'x' " + type), message);
                assertTrue(message.contains("ONNX Runtime's Java binding cannot create tensors of this type"), message);
            }
        }
    }

    @Test
    void shortIntegersGoInWithinTheirRange() throws Exception {
        try (OnnxModel model = open("id-int16")) {
            Tensor given = Tensor.ofInts(new int[] {-32768, 0, 32767}, 3);
            assertEquals(given, model.run(Map.of("x", given)).get("y"));
            assertThrows(
                    IllegalArgumentException.class, () -> model.run(Map.of("x", Tensor.ofInts(new int[] {32768}, 1))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opt", "seq", "id-float8", "id-e5m2", "ml_logreg_zipmap"})
    void portsThatAreNoTensorsOfJZooAreShownAndTheirOutputsRefused(String name) throws Exception {
        try (OnnxModel model = open(name)) {
            Port last = model.outputs().get(model.outputs().size() - 1);
            assertEquals(ElementType.OTHER, last.type());
            assertEquals("'" + last.name() + "' of a type not supported here", last.toString());
            Tensor given = Tensor.of(new float[4], 1, 4);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> model.run(Map.of("x", given, "X", given), Set.of(last.name())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_regressor", "ml_gbm_reg"})
    void aRegressorOfOthersGivesOnePredictionForARow(String name) throws Exception {
        try (OnnxModel model = open(name)) {
            assertEquals(Task.TABULAR_REGRESSION, TaskGuess.of(model));
        }
        try (Regressor regressor = Regressor.open(CASES.resolve(name + ".onnx"), Device.cpu())) {
            assertEquals(
                    1,
                    regressor
                            .predict(List.of(new double[] {5.1, 3.5, 1.4, 0.2}))
                            .size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clf-batch0", "clf-batch-2p32", "clf-height-2p32"})
    void aClassifierOfPicturesThatNoCallCanGiveIsRefused(String name) {
        JZooException refusal = assertThrows(
                JZooException.class, () -> ImageClassifier.open(CASES.resolve(name + ".onnx"), Device.cpu()));
        assertEquals(JZooException.Code.BAD_INPUT, refusal.code());
        assertTrue(refusal.getMessage().startsWith(CASES.resolve(name + ".onnx").toString()), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows-batch0", "rows-batch-2p32"})
    void rowsOfASizeThatNoCallCanGiveAreRefused(String name) {
        Path file = CASES.resolve(name + ".onnx");
        assertEquals(
                JZooException.Code.BAD_INPUT,
                assertThrows(JZooException.class, () -> Regressor.open(file, Device.cpu()))
                        .code());
        assertEquals(
                JZooException.Code.BAD_INPUT,
                assertThrows(JZooException.class, () -> SignalClassifier.open(file, Device.cpu()))
                        .code());
    }

    @Test
    void aRegressorWhoseOutputIsNoRowForEachRowIsRefusedWhenItRuns() throws Exception {
        try (Regressor regressor = Regressor.open(CASES.resolve("rows-summed.onnx"), Device.cpu())) {
            List<double[]> rows = List.of(new double[4], new double[4]);
            assertThrows(JZooException.class, () -> regressor.predict(rows));
        }
    }

    @Test
    void metadataArriveWholeWhateverTheirCharacters() throws Exception {
        try (OnnxModel model = open("emoji-meta")) {
            assertEquals(
                    Map.of("a", "😀 rest", "k😀", "𠮷野家 end", "n", "a\0b", "plain", "x", "r", "שלום e\u0301"),
                    model.metadata());
            assertEquals("maker 😀", model.producer());
            assertEquals("graph 𠮷", model.graphName());
        }
    }

    @Test
    void textsGoInAndComeOutWhateverTheirCharacters() throws Exception {
        try (OnnxModel model = open("emoji-keys")) {
            Tensor given = Tensor.ofStrings(new String[] {"😀", "a", "𠮷野家", "z"}, 4);
            assertArrayEquals(
                    new long[] {7, 1, 9, -1},
                    model.run(Map.of("x", given)).get("y").longs());
        }
        try (OnnxModel model = open("emoji-texts")) {
            assertArrayEquals(
                    new String[] {"😀", "ab😀cd", "það", "x", "", "😀".repeat(100), "שלום e\u0301"},
                    model.run(Map.of()).get("y").strings());
        }
    }

    @Test
    void aPortWhoseNameTheBindingCannotPassOnIsRefused() {
        String message = assertThrows(DataFormatException.class, () -> open("emoji-port"))
                .getMessage();
        assertTrue(message.contains("'x😀' has a character beyond U+FFFF"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "emoji 😀", "𠮷野家", "שלום", "e\u0301"})
    void aModelRunsFromAFolderOfAnyNameWithItsWeightsBesideIt(String name) throws Exception {
        Path place = Files.createDirectory(folder.resolve(name));
        Path model = Files.copy(CASES.resolve("ext.onnx"), place.resolve(name + ".onnx"));
        Files.copy(CASES.resolve("w.bin"), place.resolve("w.bin"));
        try (OnnxModel opened = OnnxModel.open(model, Device.cpu())) {
            assertArrayEquals(
                    new float[] {16, 22},
                    opened.run(Map.of("x", Tensor.of(new float[] {1, 2, 3}, 1, 3)))
                            .get("y")
                            .floats());
        }
        OnnxModel.openWith(model, "y", Device.cpu()).close();
    }

    @Test
    void aLinkIntoACacheIsFollowedAndOneOutOfTheFolderIsNot() throws Exception {
        Path blobs = Files.createDirectories(folder.resolve("hub/blobs"));
        Path snapshot = Files.createDirectories(folder.resolve("hub/snapshots/abc"));
        Files.copy(CASES.resolve("ext.onnx"), blobs.resolve("1"));
        Files.copy(CASES.resolve("w.bin"), blobs.resolve("2"));
        Path model = Files.createSymbolicLink(snapshot.resolve("ext.onnx"), Path.of("../../blobs/1"));
        Files.createSymbolicLink(snapshot.resolve("w.bin"), Path.of("../../blobs/2"));
        OnnxModel.open(model, Device.cpu()).close();

        Path other = Files.createDirectories(folder.resolve("other"));
        Path plain = Files.copy(CASES.resolve("ext.onnx"), other.resolve("ext.onnx"));
        Files.createSymbolicLink(other.resolve("w.bin"), blobs.resolve("2"));
        assertThrows(DataFormatException.class, () -> OnnxModel.open(plain, Device.cpu()));
    }
}
