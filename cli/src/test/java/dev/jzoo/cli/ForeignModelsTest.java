package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.GraphChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of other programs' ONNX files on the command line: loadable files are shown and verified, other files are
 * recognised.
 */
class ForeignModelsTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder);
        StandIns.inputs(folder);
    }

    private static String file(String name) {
        return CASES.resolve("onnx/" + name + ".onnx").toAbsolutePath().toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ml_logreg_zipmap",
                "if_untyped",
                "local_function_image",
                "int4_dq",
                "sparse_init",
                "port_uint32",
                "same_symbol",
                "sk_regressor",
                "ml_gbm_reg",
                "kinds",
                "functions",
                "packed",
                "sparse",
                "outside",
                "quantised",
                "opset24"
            })
    void whatTheRuntimeLoadsIsShownAndVerified(String name) throws Exception {
        Shell.Result shown = shell.type("inspect", file(name));
        assertEquals(0, shown.exitCode(), shown.err());
        assertTrue(
                shell.type("inspect", file(name), "--json").json().get("nodes").asInt() > 0);
        Shell.Result verified = shell.type("verify", file(name));
        assertEquals(0, verified.exitCode(), verified.out() + verified.err());
    }

    @Test
    void whatTheCheckerIsTooOldForIsCountedAndNotPassedOver() throws Exception {
        byte[] model = Files.readAllBytes(Path.of(file("opset24")));
        int next = GraphChecker.newestOpset() + 1;
        // the last field of the file: opset_import with one version, of one byte
        assertEquals(24, model[model.length - 1]);
        model[model.length - 1] = (byte) next;
        Files.write(folder.resolve("newer.onnx"), model);
        Shell.Result verified = shell.type("verify", "newer.onnx", file("sk_regressor"));
        assertTrue(verified.out().contains("  -       graph      not supported here: opset " + next), verified.out());
        assertTrue(verified.out().endsWith("1 check was not supported here.\n"), verified.out());
        assertEquals(
                List.of("false", "true"),
                shell.type("verify", "newer.onnx", file("sk_regressor"), "--json").json().findValues("checks").stream()
                        .map(checks -> checks.get(0).get("supported").asText())
                        .toList());
        assertTrue(shell.type("verify", file("ml_logreg_zipmap"))
                .out()
                .contains("3 nodes of other domains not checked; not supported here: 'output_probability'"));
    }

    @Test
    void weightsBesideAModelAreShownWithTheirSize() throws Exception {
        assertTrue(shell.type("inspect", file("outside")).out().contains("Weights   w.bin, 48 B"));
        Path alone = Files.copy(Path.of(file("outside")), folder.resolve("alone.onnx"));
        assertTrue(shell.type("inspect", alone.toString()).out().contains("Weights   w.bin, which is missing"));
        Shell.Result verified = shell.type("verify", alone.toString());
        assertEquals(4, verified.exitCode());
        assertTrue(
                verified.out().contains("The weights file 'w.bin' is missing from the model's folder."),
                verified.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lfs  | a Git LFS pointer in place of the file (git lfs pull fetches it)
            html | an HTML page, perhaps the error page of a download
            json | JSON
            zip  | a ZIP archive
            cut  | bytes of an unknown format
            none | an empty file
            """)
    void whatIsNoModelIsRecognisedByEveryCommand(String kind, String found) throws Exception {
        byte[] content =
                switch (kind) {
                    case "lfs" -> Files.readAllBytes(CASES.resolve("hub/lfs.onnx"));
                    case "html" -> "<!DOCTYPE html><title>Sign in</title>".getBytes();
                    case "json" -> "{\"error\": \"not found\"}".getBytes();
                    case "zip" -> "PK\u0003\u0004 zip".getBytes();
                    case "cut" -> Arrays.copyOf(Files.readAllBytes(Path.of(file("local_function_image"))), 300);
                    default -> new byte[0];
                };
        Path model = Files.write(folder.resolve("m.onnx"), content);
        String expected = "DIR/m.onnx: expected an ONNX model, found " + found;
        for (List<String> command : List.of(
                List.of("run", "m.onnx"),
                List.of("inspect", "m.onnx"),
                List.of("verify", "m.onnx"),
                List.of("finetune", "--base", "m.onnx", "--data", "docs/pictures/shapes", "--name", "n"))) {
            Shell.Result result = shell.type(command.toArray(String[]::new));
            assertTrue(result.exitCode() == 7 || result.exitCode() == 4, command + ": " + result.exitCode());
            assertTrue((result.out() + result.err()).contains(expected), command + ": " + result.out() + result.err());
        }
        if (!List.of("json", "zip", "cut").contains(kind)) {
            Shell.Result exported = shell.type("export", model.toString(), "--out", "x.onnx");
            assertEquals(7, exported.exitCode());
            assertTrue(exported.err().contains("DIR/m.onnx: expected a network, found " + found), exported.err());
        }
    }

    /** None of these is a path: a text that begins like a reference is a reference or a usage error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "onnx:",
                "hf:owner",
                "hf:owner/name@",
                "mvn:group",
                "mvn:group:artifact",
                "https://",
                "https://example.org/model.onnx#sha256=12",
                "HF:owner/name/../../secret"
            })
    void aMalformedReferenceIsAMistakeOfUsageForEveryCommand(String reference) throws Exception {
        Path pictures = Path.of("../docs/pictures/shapes").toAbsolutePath();
        for (String[] words : new String[][] {
            {"run", reference, "one.png"},
            {"inspect", reference},
            {"verify", reference},
            {"pull", reference},
            {"show", reference},
            {"finetune", "--base", reference, "--data", pictures.toString(), "--name", "own"}
        }) {
            Shell.Result refused = shell.type(words);
            assertEquals(2, refused.exitCode(), String.join(" ", words) + ": " + refused.err());
            assertTrue(refused.err().startsWith("error: "), refused.err());
        }
    }
}
