package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that files of version 0.1.0 stay usable: runs, a fine-tuned model and a home. The files are frozen; the page next
 * to them explains how each was made.
 */
class OldReleaseTest {

    private static final Path RELEASE = Path.of("src/test/resources/release-0.1.0");
    private static final int EPOCHS_BEFORE_THE_INTERRUPTION = 3;

    @TempDir
    Path folder;

    /** A shell in a folder that has these files and folders of the release. */
    private Shell shellWith(String... names) throws IOException {
        for (String name : names) {
            Path source = RELEASE.resolve(name);
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = folder.resolve(name).resolve(source.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        return Shell.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aRunIsVerifiedAgainstItsNetwork(String engine) throws Exception {
        String run = "runs/whole-" + engine;
        Shell shell = shellWith(run);
        Shell.Result model = shell.type("verify", run);
        assertEquals(0, model.exitCode(), model.out() + model.err());
        Shell.Result network = shell.type("verify", run, "--against", run);
        assertEquals(0, network.exitCode(), network.out() + network.err());
        assertTrue(network.out().contains("\n  ok      against    the same: "), network.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void anInterruptedRunGoesOnAndEndsAsTheUninterruptedOneDid(String engine) throws Exception {
        String run = "runs/interrupted-" + engine;
        Shell shell = shellWith(run);
        List<String> before = Files.readAllLines(folder.resolve(run).resolve("history.csv"));
        assertEquals(1 + EPOCHS_BEFORE_THE_INTERRUPTION, before.size());

        Shell.Result resumed = shell.type("train", "--resume", run, "--threads", "1");

        assertEquals(0, resumed.exitCode(), resumed.err());
        List<String> history = Files.readAllLines(folder.resolve(run).resolve("history.csv"));
        assertEquals(before, history.subList(0, before.size()), "epochs of before, with their seconds");
        List<String> whole = Files.readAllLines(RELEASE.resolve("runs/whole-" + engine + "/history.csv"));
        assertEquals(whole.size(), history.size());
        for (int i = 1; i < whole.size(); i++) {
            assertSameEpoch(whole.get(i), history.get(i));
        }
        JsonNode then = new ObjectMapper()
                .readTree(RELEASE.resolve("runs/whole-" + engine + "/metrics.json")
                        .toFile());
        JsonNode now = new ObjectMapper()
                .readTree(folder.resolve(run).resolve("metrics.json").toFile());
        assertEquals(then.get("test.rmse").asDouble(), now.get("test.rmse").asDouble(), 1e-2);
    }

    /**
     * Compares losses to five of their six decimals, since the last one depends on the processor. Seconds are not compared.
     */
    private static void assertSameEpoch(String expected, String actual) {
        String[] then = expected.split(",");
        String[] now = actual.split(",");
        assertEquals(then[0], now[0], "epoch");
        for (int column : new int[] {2, 3, 4}) {
            assertEquals(Double.parseDouble(then[column]), Double.parseDouble(now[column]), 2e-6, actual);
        }
    }

    @Test
    void aFineTunedModelIsFoundByItsName() throws Exception {
        Shell shell = shellWith("runs/shapes", "pictures");
        assertRing(shell.type("run", "shapes", "pictures/ring/1.png", "--top", "1", "--json"));
        assertEquals(0, shell.type("verify", "runs/shapes").exitCode());
    }

    /** There is no mirror and no network, so the model can only come from the home. */
    @Test
    void aHomeIsUsedWithoutADownload() throws Exception {
        Shell shell = shellWith("home", "pictures");
        Map<String, Sha256> before = digests(folder.resolve("home/models"));
        assertRing(shell.type("run", "shapes", "pictures/ring/1.png", "--top", "1", "--json"));
        assertTrue(shell.type("list").out().contains("shapes"));
        Shell.Result verified = shell.type("cache", "verify");
        assertEquals(0, verified.exitCode(), verified.out() + verified.err());
        assertTrue(verified.out().contains("models/shapes/1.0.0/model.onnx"), verified.out());
        assertEquals(before, digests(folder.resolve("home/models")));
    }

    private static void assertRing(Shell.Result result) throws IOException {
        assertEquals(0, result.exitCode(), result.err());
        assertEquals("ring", result.json().at("/0/predictions/0/label").asText());
    }

    /** A missing row is computed and appended, to this file or to a new one. */
    @Test
    void cachedFeaturesStayAndNewOnesGiveTheSameMetrics() throws Exception {
        Shell shell = shellWith("home/computed", "pictures");
        Path features = folder.resolve("home/computed/features");
        Map<String, Sha256> before = digests(features);
        Shell.Result made =
                shell.type("finetune", "--base", "mnist-logistic", "--data", "pictures", "--name", "shapes");
        assertEquals(0, made.exitCode(), made.err());
        assertTrue(
                digests(features).entrySet().containsAll(before.entrySet()),
                "features of the old release are left alone");
        assertEquals(
                new ObjectMapper()
                        .readTree(RELEASE.resolve("runs/shapes/metrics.json").toFile()),
                new ObjectMapper()
                        .readTree(folder.resolve("runs/shapes/metrics.json").toFile()));
    }

    private static Map<String, Sha256> digests(Path folder) throws IOException {
        Map<String, Sha256> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString(), Sha256.of(file));
            }
        }
        return digests;
    }
}
