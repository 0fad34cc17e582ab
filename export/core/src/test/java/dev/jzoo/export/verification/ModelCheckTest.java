package dev.jzoo.export.verification;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckTest {

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void copy() throws IOException {
        model = Copies.forecaster(folder.resolve("models"));
    }

    private static CheckResult named(String name, List<CheckResult> checks) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> failed(List<CheckResult> checks) {
        return checks.stream()
                .filter(check -> !check.ok())
                .map(CheckResult::name)
                .toList();
    }

    @Test
    void aPublishedModelPassesAllThatIsClaimedOfIt() throws IOException {
        List<CheckResult> checks = ModelCheck.of(model, Copies.entry());
        assertEquals(
                List.of("digest", "graph", "runtime", "test-data", "card"),
                checks.stream().map(CheckResult::name).toList());
        assertEquals(List.of(), failed(checks), checks.toString());
        // The model, page, metrics, recipe, and three sets of two tensors.
        assertEquals("10 files as listed", named("digest", checks).detail());
        assertTrue(named("test-data", checks).detail().startsWith("3 sets reproduced, "), checks.toString());
        assertEquals(
                "airline-lstm 1.0.0, recipe as the card says",
                named("card", checks).detail());
    }

    @Test
    void withoutAManifestNoDigestIsCompared() {
        assertEquals(
                List.of("graph", "runtime", "test-data", "card"),
                ModelCheck.of(model).stream().map(CheckResult::name).toList());
    }

    @Test
    void otherTestDataAreFoundTwice() throws IOException {
        Copies.damage(model.resolveSibling("test_data_set_1").resolve("output_0.pb"));
        List<CheckResult> checks = ModelCheck.of(model, Copies.entry());
        assertEquals(List.of("digest", "test-data"), failed(checks));
        assertTrue(
                named("digest", checks)
                        .detail()
                        .startsWith("airline-lstm/1.0.0/test_data_set_1/output_0.pb has the SHA-256 "),
                checks.toString());
        assertTrue(
                named("test-data", checks).detail().startsWith("test_data_set_1: value 0 of 'forecast' is "),
                checks.toString());
    }

    @Test
    void aFileThatIsMissingOrLongerIsNamed() throws IOException {
        Files.writeString(model.resolveSibling("metrics.json"), "{}");
        assertTrue(named("digest", ModelCheck.of(model, Copies.entry()))
                .detail()
                .startsWith("airline-lstm/1.0.0/metrics.json has 2 bytes, expected "));
        Files.delete(model.resolveSibling("metrics.json"));
        assertEquals(
                CheckResult.failed("digest", "airline-lstm/1.0.0/metrics.json is missing."),
                named("digest", ModelCheck.of(model, Copies.entry())));
    }

    @Test
    void aPageOrARecipeThatIsNotTheFilesOwnIsFound() throws IOException {
        Path page = model.resolveSibling("README.md");
        String text = Files.readString(page);
        Files.writeString(page, text.replace("\"1.0.0\"", "\"1.0.1\"").replace(": 1.0.0", ": 1.0.1"));
        assertEquals(
                CheckResult.failed("card", "The card in README.md differs from the card in the model's metadata."),
                named("card", ModelCheck.of(model)));
        Files.writeString(page, text);
        Files.writeString(model.resolveSibling("recipe.json"), "{}");
        assertTrue(named("card", ModelCheck.of(model)).detail().startsWith("recipe.json has the SHA-256 "));
    }

    @Test
    void whatIsNoModelFailsWithoutAnException() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.onnx"), "Dear diary,\n");
        List<CheckResult> checks = ModelCheck.of(notes);
        assertEquals(List.of("graph", "runtime", "card"), failed(checks));
        assertTrue(
                checks.get(1).detail().startsWith(notes + ": expected an ONNX model, found text"), checks.toString());
        List<CheckResult> gone = ModelCheck.of(folder.resolve("gone.onnx"));
        assertEquals(List.of("graph", "runtime", "card"), failed(gone));
        assertEquals(
                "There is no file " + folder.resolve("gone.onnx") + ".",
                gone.get(0).detail());
    }

    @Test
    void aFileOfAnotherMakerNeedsNoCard() throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(2));
        graph.op("Relu", graph.input(x)).emitAs("y");
        graph.output(x.named("y"));
        Path file = folder.resolve("relu.onnx");
        OnnxFile.of(17, new OnnxFile.Producer("somebody", "1"), graph.build("relu"), Map.of())
                .write(file);
        List<CheckResult> checks = ModelCheck.of(file);
        assertEquals(List.of(), failed(checks));
        assertEquals("1 node, opset 17", named("graph", checks).detail());
        assertEquals(
                "none: the file was not made by JZoo", named("card", checks).detail());
    }

    @Test
    void aModelThatDoesNotVerifyIsNotPublished() throws IOException {
        assertDoesNotThrow(() -> ModelCheck.requireSound(model, "published"));
        Copies.damage(model.resolveSibling("test_data_set_0").resolve("output_0.pb"));
        JZooException e = assertThrows(JZooException.class, () -> ModelCheck.requireSound(model, "published"));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(
                e.getMessage()
                        .startsWith("The model was not published: the verification of " + model.getParent()
                                + " failed. test-data: test_data_set_0: "),
                e.getMessage());
    }
}
