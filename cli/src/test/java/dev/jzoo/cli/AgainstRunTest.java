package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of comparing a file with the trained network of a run, in the engine that trained it. */
class AgainstRunTest {

    @TempDir
    static Path folder;

    private static Shell shell;

    @BeforeAll
    static void train() throws Exception {
        shell = Shell.in(folder);
        for (String engine : new String[] {"djl", "dl4j"}) {
            Shell.Result trained = shell.type(
                    "train", "airline-lstm", "--engine", engine, "--epochs", "2", "--lr", "0.01", "--name", engine);
            assertEquals(0, trained.exitCode(), trained.err());
            Shell.Result exported = shell.type("export", "runs/" + engine, "--out", engine + ".onnx");
            assertEquals(0, exported.exitCode(), exported.err());
        }
    }

    /** Writes a copy of a file in which one value of a weight is larger by 1. */
    private static void corrupt(String from, String weight, String to) throws Exception {
        OnnxFile file = OnnxFile.read(folder.resolve(from));
        Graph graph = file.graph();
        Map<String, TensorData> initializers = new LinkedHashMap<>(graph.initializers());
        TensorData right = initializers.get(weight);
        float[] values = right.floats();
        values[0] += 1;
        initializers.put(weight, TensorData.of(values, right.dims()));
        Graph wrong =
                new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, graph.nodes(), graph.values());
        file.withGraph(wrong).write(folder.resolve(to));
    }

    @Test
    void metricsAreMeasuredAnew() {
        Shell.Result result = shell.type("verify", "djl.onnx", "--metrics");
        assertEquals(0, result.exitCode(), result.out() + result.err());
        assertTrue(result.out().contains("measured again: ar1.test.rmse 48.7574, "), result.out());
    }

    @Test
    void metricsThatTheWeightsDoNotReachFailNamingBothValues() throws Exception {
        OnnxFile file = OnnxFile.read(folder.resolve("djl.onnx"));
        ModelCard card = CardMetadata.read("djl.onnx", file.metadata()).orElseThrow();
        TreeMap<String, Double> better = new TreeMap<>(card.metrics());
        better.put("test.rmse", 12.5);
        file.withMetadata(CardMetadata.of(card.withMetrics(better))).write(folder.resolve("better.onnx"));
        Shell.Result result = shell.type("verify", "better.onnx", "--metrics");
        assertEquals(4, result.exitCode());
        assertTrue(result.out().contains(", the card says 12.5"), result.out());
        assertEquals(0, shell.type("verify", "better.onnx").exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void theFileOfARunIsTheSame(String engine) {
        Shell.Result result = shell.type("verify", engine + ".onnx", "--against", "runs/" + engine);
        assertEquals(0, result.exitCode(), result.out() + result.err());
        String[] lines = result.out().split("\n");
        assertEquals("ok      " + engine + ".onnx", lines[0]);
        String title = engine.equals("djl") ? "DJL" : "Deeplearning4j";
        assertTrue(
                lines[4].matches("  ok      run        airline-lstm, " + title
                        + ", seed 1, exported again: largest difference \\S+ over 136 values"),
                lines[4]);
        assertTrue(
                lines[5].matches("  ok      against    the same: largest difference \\S+ over 136 values"), lines[5]);
        assertEquals(6, lines.length, result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl 03Linear.weight /03Linear/", "dl4j output.W /output/"})
    void aFileWithAnotherWeightIsFoundWithTheNodeThatDiffersFirst(String setting) throws Exception {
        String[] words = setting.split(" ");
        corrupt(words[0] + ".onnx", words[1], "wrong.onnx");
        Shell.Result result = shell.type("verify", "wrong.onnx", "--against", "runs/" + words[0]);
        assertEquals(4, result.exitCode());
        String last = result.out().lines().reduce((first, second) -> second).orElseThrow();
        assertTrue(
                last.matches(
                        "  FAILED  against    forecast at batch \\d.*, value \\d+: \\S+ in the network, \\S+ in the file"
                                + "\\. The first of \\d+ tensors that differs at batch 1 is written by \\w+ '"
                                + words[2] + ".*"),
                last);
        assertTrue(result.out().startsWith("FAILED  wrong.onnx\n"), result.out());
        JsonNode json = shell.type("verify", "wrong.onnx", "--against", "runs/" + words[0], "--json")
                .json();
        assertFalse(json.at("/0/ok").asBoolean(true));
        JsonNode checks = json.at("/0/checks");
        assertEquals("run", checks.get(checks.size() - 2).get("name").asText());
        assertTrue(checks.get(checks.size() - 2).get("ok").asBoolean());
        assertEquals("against", checks.get(checks.size() - 1).get("name").asText());
        assertFalse(checks.get(checks.size() - 1).get("ok").asBoolean(true));
    }

    /** The engines take the same steps, so their files differ only by the rounding of two epochs. */
    @Test
    void theFileOfAnotherRunDiffers() {
        assertEquals(
                0,
                shell.type("train", "airline-lstm", "--epochs", "2", "--seed", "5", "--name", "other")
                        .exitCode());
        Shell.Result result = shell.type("verify", "runs/other", "--against", "runs/djl");
        assertEquals(4, result.exitCode());
        assertTrue(result.out().contains("\n  FAILED  against    forecast at batch "), result.out());
    }

    @Test
    void aFileWithOtherInputsIsFoundNamingBoth() throws Exception {
        Path digits = StandIns.digits(folder.resolve("made/digits")).model().resolve("model.onnx");
        Files.copy(digits, folder.resolve("digits.onnx"));
        Shell.Result result = shell.type("verify", "digits.onnx", "--against", "runs/djl");
        assertEquals(4, result.exitCode());
        assertTrue(
                result.out()
                        .endsWith(
                                "  FAILED  against    Cannot compare the file with the network: the file has the inputs"
                                        + " [image uint8 [batch, 28, 28, 1]], the network has [history float [batch, 1]].\n"),
                result.out());
    }

    @Test
    void aSweepIsThatOfTheSeedWhoseModelItKept() {
        assertEquals(
                0,
                shell.type("train", "airline-lstm", "--epochs", "1", "--seed", "3", "--seeds", "3", "--name", "sweep")
                        .exitCode());
        Shell.Result result = shell.type("verify", "runs/sweep", "--against", "runs/sweep");
        assertEquals(0, result.exitCode(), result.out() + result.err());
    }

    @Test
    void whatIsNoRunIsRefused() throws Exception {
        Shell.Result gone = shell.type("verify", "djl.onnx", "--against", "runs/gone", "--json");
        assertEquals(3, gone.exitCode());
        assertEquals("NOT_FOUND", gone.code());
        assertEquals("error: There is no folder DIR/runs/gone.\nName the folder of a training run.\n", gone.err());
        Shell.Result model = shell.type("verify", "djl.onnx", "--against", "runs/djl/model");
        assertEquals(3, model.exitCode());
        assertTrue(model.err().startsWith("error: The run DIR/runs/djl/model has no weights: "), model.err());
        assertEquals(2, shell.type("verify", "--all", "--against", "runs/djl").exitCode());
        assertEquals(
                2,
                shell.type("verify", "djl.onnx", "dl4j.onnx", "--against", "runs/djl")
                        .exitCode());
    }

    @Test
    void aDamagedCheckpointIsRefused() throws Exception {
        for (String engine : new String[] {"djl", "dl4j"}) {
            Path run = folder.resolve("damaged-" + engine);
            Files.createDirectories(run.resolve("checkpoints"));
            Files.copy(folder.resolve("runs/" + engine + "/recipe.json"), run.resolve("recipe.json"));
            String name = engine.equals("djl") ? "model.params" : "model.zip";
            Files.writeString(run.resolve("checkpoints").resolve(name), "Dear Sir or Madam");
            Shell.Result result = shell.type("verify", engine + ".onnx", "--against", run.toString());
            assertEquals(7, result.exitCode(), result.out() + result.err());
            assertTrue(
                    result.err()
                            .startsWith("error: DIR/damaged-" + engine + "/checkpoints/" + name + ": "
                                    + (engine.equals("djl")
                                            ? "not the parameters of the recipe's network: "
                                            : "expected a zip that Deeplearning4j's ModelSerializer saved")),
                    result.err());
        }
    }
}
