package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.console.Failure;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of rejected commands: exit codes and messages. */
class RefusalsTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void publish() throws Exception {
        shell = Shell.in(folder).with("JZOO_MIRROR", StandIns.mirror(folder));
        StandIns.inputs(folder);
    }

    private void assertRefused(int exitCode, String code, String said, String... words) throws Exception {
        Shell.Result text = shell.type(words);
        assertEquals(exitCode, text.exitCode(), text.err());
        assertEquals(said, text.err());
        assertEquals("", text.out());
        String[] asJson = java.util.Arrays.copyOf(words, words.length + 1);
        asJson[words.length] = "--json";
        Shell.Result json = shell.type(asJson);
        assertEquals(exitCode, json.exitCode());
        assertEquals(code, json.code());
        assertTrue(said.startsWith("error: " + json.json().at("/error/message").asText()), json.out());
        assertEquals(said, json.err(), "the plain text stays on stderr");
    }

    @Test
    void anUnknownModelIsRefusedWithTheNearestName() throws Exception {
        assertRefused(
                3,
                "NOT_FOUND",
                "error: There is no model 'always-sevn'.\nDid you mean always-seven?\n",
                "run",
                "always-sevn",
                "docs/pictures/one.png");
    }

    @Test
    void anUnknownRecipeIsRefusedWithThoseThereAre() throws Exception {
        Shell.Result result = shell.type("train", "mnist");
        assertEquals(3, result.exitCode());
        assertTrue(result.err().startsWith("error: There is no recipe 'mnist'.\n"), result.err());
        assertTrue(result.err().contains("mnist-logistic"), result.err());
    }

    @Test
    void otherBytesInAMirrorAreRefused() throws Exception {
        Path model = folder.resolve("mirror/models/plus-two/1.0.0/model.onnx");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        Shell.Result pulled = shell.type("pull", "plus-two", "--json");
        assertEquals(4, pulled.exitCode(), pulled.err());
        assertEquals("INTEGRITY", pulled.code());
        try (Stream<Path> stored = Files.walk(folder.resolve("home"))) {
            assertTrue(stored.noneMatch(file -> file.endsWith("model.onnx")));
        }
        Shell.Result verified = shell.type("verify", "plus-two", "--json");
        assertEquals(4, verified.exitCode());
        assertEquals("digest", verified.json().at("/0/checks/0/name").asText());
        assertFalse(verified.json().at("/0/ok").asBoolean(true));
    }

    @Test
    void aDamagedModelInAFolderOfPublishedOnesIsFound() throws Exception {
        Path data = folder.resolve("mirror/models/plus-two/1.0.0/test_data_set_1/output_0.pb");
        byte[] bytes = Files.readAllBytes(data);
        bytes[bytes.length - 2] ^= 0x10;
        Files.write(data, bytes);
        Shell.Result verified = shell.type("verify", "mirror/models");
        assertEquals(4, verified.exitCode());
        assertTrue(verified.out().contains("FAILED  plus-two/1.0.0/model.onnx\n  FAILED  digest "), verified.out());
        assertTrue(
                verified.out().contains("  FAILED  test-data  test_data_set_1: value 0 of 'forecast' is 102.0"),
                verified.out());
        assertTrue(verified.out().contains("ok      always-seven/1.0.0/model.onnx\n"), verified.out());
        assertEquals(4, shell.type("verify", "mirror/models/plus-two/1.0.0").exitCode());
    }

    @Test
    void textThatIsPassedAsOnnxIsRefused() throws Exception {
        Files.writeString(folder.resolve("notes.onnx"), "Dear diary,\n");
        String said = "error: DIR/notes.onnx: expected an ONNX model, found text (\"Dear diary,\")\n";
        assertRefused(7, "BAD_INPUT", said, "run", "notes.onnx", "docs/pictures/one.png");
        assertEquals(7, shell.type("inspect", "notes.onnx").exitCode());
        assertEquals(4, shell.type("verify", "notes.onnx").exitCode());
    }

    @Test
    void aPictureThatIsNoPictureIsRefused() throws Exception {
        Files.writeString(folder.resolve("seven.png"), "not a picture");
        assertRefused(
                7,
                "BAD_INPUT",
                "error: DIR/seven.png: expected a picture (PNG, JPEG, GIF, BMP or TIFF), found text (\"not a picture\")\n",
                "run",
                "always-seven",
                "seven.png");
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws Exception {
        String hint = "Check the path for typos.\n";
        assertRefused(3, "NOT_FOUND", "error: There is no file DIR/gone.onnx.\n" + hint, "run", "gone.onnx");
        assertRefused(3, "NOT_FOUND", "error: There is no file DIR/gone.onnx.\n" + hint, "inspect", "gone.onnx");
        assertRefused(3, "NOT_FOUND", "error: There is no file DIR/gone.onnx.\n" + hint, "verify", "gone.onnx");
        assertRefused(3, "NOT_FOUND", "error: There is no file DIR/gone.csv.\n" + hint, "run", "plus-two", "gone.csv");
        assertRefused(
                3, "NOT_FOUND", "error: There is no file DIR/x.zip.\n" + hint, "export", "x.zip", "--out", "x.onnx");
    }

    @Test
    void cudaWithoutCudaIsRefused() throws Exception {
        Shell.Result result = shell.type("run", "plus-two", "--device", "cuda", "--json");
        assertEquals(6, result.exitCode());
        assertEquals("DEVICE", result.code());
        assertTrue(result.err().startsWith("error: cuda:0 cannot be used: "), result.err());
        assertEquals(0, shell.type("run", "plus-two", "--device", "auto").exitCode());
        assertEquals(2, shell.type("run", "plus-two", "--device", "tpu").exitCode());
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedBeforeTraining() throws Exception {
        Files.writeString(folder.resolve("occupied"), "");
        Shell.Result result = shell.type("train", "airline-lstm", "--out", "occupied", "--json");
        assertEquals(1, result.exitCode());
        assertEquals("FAILED", result.code());
        assertTrue(result.err().contains("DIR/occupied"), result.err());
        assertEquals(
                1,
                shell.type("export", "made/months", "--out", "occupied/x.onnx").exitCode());
    }

    @Test
    void offlineWithoutTheDataIsRefused() throws Exception {
        Shell.Result result = shell.type("dataset", "get", "mnist", "--json");
        assertEquals(5, result.exitCode(), result.err());
        assertEquals("NETWORK", result.code());
    }

    @Test
    void aModelThatDoesNotVerifyIsNeitherPublishedNorExported() throws Exception {
        Files.writeString(folder.resolve("made/months/model/recipe.json"), "{}");
        assertEquals(4, shell.type("publish", "made/months", "--to", "target").exitCode());
        assertEquals(4, shell.type("export", "made/months", "--out", "x.onnx").exitCode());
        assertFalse(Files.exists(folder.resolve("target")));
        assertFalse(Files.exists(folder.resolve("x.onnx")));
    }

    @Test
    void anUnknownCommandOrOptionIsUsage() throws Exception {
        assertRefused(
                2,
                "USAGE",
                "error: Unknown command 'lits'.\nDid you mean: jzoo list or jzoo publish?\n'jzoo --help' explains the"
                        + " usage.\n",
                "lits");
        assertRefused(
                2,
                "USAGE",
                "error: Unknown option: '--step'\nPossible solutions: --steps\n'jzoo run --help' explains the usage.\n",
                "run",
                "plus-two",
                "--step");
        assertRefused(2, "USAGE", "error: 'jzoo cache' expects a subcommand: list, verify, gc or clear.\n", "cache");
    }

    @Test
    void argumentsOutOfRangeAreUsage() throws Exception {
        assertRefused(2, "USAGE", "error: --top is at least 1, not 0.\n", "run", "always-seven", "--top", "0");
        assertRefused(2, "USAGE", "error: A forecast has at least 1 step, not 0.\n", "run", "plus-two", "--steps", "0");
        assertRefused(
                2,
                "USAGE",
                "error: 'x' is not a number. A forecaster expects numbers, oldest first, or one CSV file.\n",
                "run",
                "plus-two",
                "1",
                "x");
        assertEquals(2, shell.type("train", "airline-lstm", "--epochs", "0").exitCode());
        assertEquals(2, shell.type("train", "airline-lstm", "--engine", "torch").exitCode());
        assertEquals(2, shell.type("train", "airline-lstm", "--seeds", "0").exitCode());
        assertEquals(2, shell.type("run", "always-seven").exitCode());
        assertEquals(2, shell.type("verify").exitCode());
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    void aRunIsResumedAsItWasBegunOrNotAtAll() throws Exception {
        assertEquals(2, shell.type("train").exitCode());
        assertEquals(3, shell.type("train", "--resume", "nowhere").exitCode());
        assertEquals(
                2, shell.type("train", "--resume", "nowhere", "--epochs", "3").exitCode());
        assertEquals(
                0,
                shell.type("train", "airline-lstm", "--epochs", "1", "--name", "other")
                        .exitCode());
        Path recipe = shell.folder().resolve("runs/other/recipe.json");
        Files.writeString(recipe, Files.readString(recipe).replace("Glorot", "Xavier"));
        Shell.Result changed = shell.type("train", "--resume", "runs/other");
        assertEquals(1, changed.exitCode());
        assertTrue(changed.err().contains("differs in initialisation"), changed.err());
        assertEquals(6, shell.type("train", "airline-lstm", "--device", "cuda").exitCode());
    }

    @Test
    void aSweepIsResumedWithItsSeedsOnly() throws Exception {
        assertEquals(
                0,
                shell.type("train", "airline-lstm", "--epochs", "1", "--seeds", "2", "--name", "sweep")
                        .exitCode());
        Path metrics = folder.resolve("runs/sweep/metrics.json");
        String before = Files.readString(metrics);
        Shell.Result alone = shell.type("train", "--resume", "runs/sweep");
        assertEquals(7, alone.exitCode());
        assertTrue(
                alone.err().contains("runs/sweep cannot be resumed as a single run: it is a run of several seeds."),
                alone.err());
        assertTrue(alone.err().contains("(--seeds)"), alone.err());
        assertEquals(before, Files.readString(metrics));
        assertEquals(
                0, shell.type("train", "--resume", "runs/sweep", "--seeds", "2").exitCode());
    }

    @Test
    void aRunOfFineTuningIsNotResumedByTrain() {
        String pictures = Path.of("../docs/pictures/shapes").toAbsolutePath().toString();
        assertEquals(
                0,
                shell.type("finetune", "--base", "mnist-lenet", "--data", pictures, "--name", "tuned")
                        .exitCode());
        Shell.Result result = shell.type("train", "--resume", "runs/tuned");
        assertEquals(7, result.exitCode());
        assertEquals("""
                error: runs/tuned is a run without a recipe, made by finetune; expected: a run of 'jzoo train'.
                Only a run of 'jzoo train' can be resumed or compared with its network. Repeat the command that made this run instead.
                """, result.err().replace("DIR/", ""));
    }

    @Test
    void theNameOfARunDoesNotLeaveItsFolder() {
        for (String name : List.of("../x", "a/b", "..", "/tmp/x")) {
            Shell.Result result = shell.type("train", "airline-lstm", "--epochs", "1", "--name", name);
            assertEquals(2, result.exitCode(), name);
            assertTrue(result.err().contains("--name expects the name of a folder in runs"), result.err());
        }
        assertFalse(Files.exists(folder.resolve("x")));
        for (String name : List.of("", ".", "../x")) {
            Shell.Result result = shell.type("finetune", "--base", "mnist-lenet", "--data", ".", "--name", name);
            assertEquals(2, result.exitCode(), name);
            assertTrue(result.err().contains("--name expects the name of a folder in runs"), result.err());
        }
    }

    @Test
    void aSettingOutOfRangeIsNamedAlone() {
        assertEquals(
                "error: The number of epochs must be 1 or more, not 0.\n",
                shell.type("train", "airline-lstm", "--epochs", "0").err());
        assertEquals(
                "error: The learning rate must be above 0, not -1.0.\n",
                shell.type("train", "airline-lstm", "--lr", "-1").err());
    }

    @Test
    void aModelThatRunHasNoUseForIsExplained() throws Exception {
        Files.copy(
                Path.of("../inference/src/test/resources/dev/jzoo/inference/matmul.onnx"),
                folder.resolve("matmul.onnx"));
        Shell.Result result = shell.type("run", "matmul.onnx");
        assertEquals(7, result.exitCode());
        assertTrue(result.err().contains("cannot be run: its tensors are"), result.err());
        assertTrue(result.err().contains("'jzoo inspect' shows its contents."), result.err());
    }

    @Test
    void failuresOfTheFileSystemAreSaidInWords() {
        assertEquals(
                "There is no file a.", Failure.of(new NoSuchFileException("a")).message());
        assertEquals(3, Failure.of(new NoSuchFileException("a")).exitCode());
        assertEquals(
                "a: permission denied.",
                Failure.of(new AccessDeniedException("a")).message());
        assertEquals(1, Failure.of(new AccessDeniedException("a")).exitCode());
        assertEquals(
                "a: No space left on device.",
                Failure.of(new FileSystemException("a", null, "No space left on device"))
                        .message());
        assertEquals(130, Failure.of(new InterruptedException()).exitCode());
        assertEquals(1, Failure.of(new IllegalStateException("oops")).exitCode());
        assertEquals(1, Failure.of(new IllegalArgumentException("oops")).exitCode(), "only a UsageException is usage");
    }

    @Test
    void aPromptThatAGeneratorCannotReadIsRefused() throws Exception {
        assertRefused(
                2,
                "USAGE",
                "error: The prompt contains characters that the model does not know: 'X' (U+0058). It knows 26:"
                        + " \"abcdefghijklmnopqrstuvwxyz\".\n",
                "run",
                "reciter",
                "aX");
        assertEquals(2, shell.type("run", "reciter", "a", "b").exitCode());
        assertEquals(2, shell.type("run", "reciter", "a", "--length", "-1").exitCode());
        assertEquals(2, shell.type("run", "reciter", "a", "--temperature", "-1").exitCode());
        assertEquals(2, shell.type("run", "reciter").exitCode());
    }
}
