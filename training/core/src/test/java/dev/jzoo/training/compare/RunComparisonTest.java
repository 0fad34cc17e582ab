package dev.jzoo.training.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.compare.RunComparison.CurveRow;
import dev.jzoo.training.compare.RunComparison.MetricRow;
import dev.jzoo.training.compare.RunComparison.SettingRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {

    @TempDir
    Path folder;

    private static RunComparison of(String... runs) throws IOException {
        return RunComparison.of(Stream.of(runs).map(StoredRuns::of).toList());
    }

    @Test
    void settingsThatDifferAreToldApartFromThoseThatDoNot() throws IOException {
        RunComparison comparison = of("first", "second");
        assertEquals(
                List.of(
                        new SettingRow("epochs", Map.of("first", "5", "second", "8")),
                        new SettingRow("learningRate", Map.of("first", "0.001", "second", "0.02"))),
                comparison.differences());
        assertEquals("1", comparison.common().get("batch"));
        assertEquals(12, comparison.common().size());
    }

    @Test
    void metricsAndCurvesStandBesideEachOther() throws IOException {
        RunComparison comparison = of("first", "second");
        MetricRow test = comparison.metrics().stream()
                .filter(row -> row.metric().equals("test.rmse"))
                .findFirst()
                .orElseThrow();
        assertEquals(184.878, test.values().get("first"), 1e-3);
        assertEquals(47.687, test.values().get("second"), 1e-3);
        assertEquals(
                List.of("loss", "learningRate", "test.loss"),
                comparison.curves().stream().map(CurveRow::curve).toList());
        Map<String, List<Double>> losses = comparison.curves().get(0).values();
        assertEquals(List.of(0.045093, 0.022578, 0.017403, 0.015851, 0.014949), losses.get("first"));
        assertEquals(8, losses.get("second").size());
    }

    @Test
    void whatARunLacksIsLeftOut() throws IOException {
        RunComparison comparison = of("first", "interrupted", "shapes");
        SettingRow decay = comparison.differences().stream()
                .filter(row -> row.setting().equals("head.decay"))
                .findFirst()
                .orElseThrow();
        assertEquals(Map.of("shapes", "0.0001"), decay.values(), "a setting of one run alone is a difference");
        CurveRow loss = comparison.curves().get(0);
        assertEquals(List.of("first", "interrupted"), List.copyOf(loss.values().keySet()));
        assertTrue(comparison.metrics().stream().noneMatch(row -> row.values().containsKey("interrupted")));
        assertEquals(Map.of("seed", "1"), comparison.common());
    }

    @Test
    void runsOfOneNameAreToldApartByTheirFolders() throws IOException {
        for (String parent : List.of("a", "b")) {
            Path run = Files.createDirectories(folder.resolve(parent).resolve("run"));
            Files.copy(StoredRuns.of("first").resolve("recipe.json"), run.resolve("recipe.json"));
        }
        RunComparison comparison =
                RunComparison.of(List.of(folder.resolve("a/run"), folder.resolve("b/run"), StoredRuns.of("second")));
        assertEquals(
                List.of(
                        Path.of("a/run").toString(),
                        Path.of("b/run").toString(),
                        Path.of("made-by-0.1.0/second").toString()),
                List.copyOf(comparison.runs().keySet()));
        assertFalse(comparison.differences().isEmpty());
    }

    @Test
    void fewerThanTwoRunsAreRefused() {
        List<Path> one = List.of(StoredRuns.of("first"));
        assertThrows(IllegalArgumentException.class, () -> RunComparison.of(one));
        List<Path> twice = List.of(StoredRuns.of("first"), StoredRuns.of("sweep/../first"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> RunComparison.of(twice));
        assertTrue(e.getMessage().contains("is named twice"), e.getMessage());
    }
}
