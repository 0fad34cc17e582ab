package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.training.Hyperparameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code jzoo compare}. The library's tests cover runs of version 0.1.0 and of finetune. */
class CompareTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void train() throws IOException {
        shell = Shell.in(folder);
        StandIns.trained(folder.resolve("runs/slow"), new Hyperparameters(3, 32, 0.01, 1), 0.9339999999999999);
        StandIns.trained(folder.resolve("runs/fast"), new Hyperparameters(2, 32, 0.1, 1), 0.95);
    }

    @Test
    void settingsLossesAndMetricsStandBesideEachOther() {
        Shell.Result result = shell.type("compare", "runs/slow", "runs/fast");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals("""
                SETTING       slow  fast
                epochs           3     2
                learningRate  0.01   0.1

                The same in all runs: 12 settings

                LOSS OF EPOCH    slow    fast
                1                   1       1
                2              0.5000  0.5000
                3              0.2500       -

                METRIC           slow    fast
                test.accuracy  0.9340  0.9500
                """, result.out());
        assertEquals("", result.err());
    }

    @Test
    void aLongSettingIsPrintedOnceForTheRunsThatShareIt() throws IOException {
        Files.createDirectories(folder.resolve("runs/other"));
        String recipe = Files.readString(folder.resolve("runs/slow/recipe.json"));
        Files.writeString(
                folder.resolve("runs/other/recipe.json"),
                recipe.replace("gradient descent without momentum", "gradient descent with momentum 0.9"));
        Shell.Result result = shell.type("compare", "runs/slow", "runs/fast", "runs/other");
        assertTrue(result.out().contains("""

                                optimizer
                                  slow, fast: stochastic gradient descent without momentum
                                  other: stochastic gradient descent with momentum 0.9
                                """), result.out());
        assertTrue(result.out().contains("\ntest.accuracy  0.9340  0.9500      -\n"), result.out());
    }

    @Test
    void runsAlikeHaveNoDifferences() throws IOException {
        StandIns.trained(folder.resolve("runs/again"), new Hyperparameters(2, 32, 0.1, 1), 0.95);
        Shell.Result result = shell.type("compare", "runs/fast", "runs/again");
        assertTrue(result.out().startsWith("All settings are the same.\n"), result.out());
    }

    @Test
    void aTenthOfManyEpochsIsPrintedTheFirstAndTheLastAmongThem() throws IOException {
        StandIns.trained(folder.resolve("runs/long"), new Hyperparameters(35, 32, 0.1, 1), 0.95);
        String out = shell.type("compare", "runs/fast", "runs/long").out();
        assertTrue(out.contains("\n1 ") && out.contains("\n4 ") && out.contains("\n35 "), out);
        assertFalse(out.contains("\n0 ") || out.contains("\n2 ") || out.contains("\n36 "), out);
    }

    @Test
    void jsonHasEveryDigitAndLeavesOutWhatARunLacks() throws Exception {
        JsonNode json =
                shell.type("compare", "runs/slow", "runs/fast", "--json").json();
        assertEquals("slow", json.at("/runs/0/name").asText());
        assertEquals("DIR/runs/slow", json.at("/runs/0/folder").asText());
        assertEquals(3, json.at("/runs/0/epochs").asInt());
        assertEquals("learningRate", json.at("/differences/1/setting").asText());
        assertEquals("0.1", json.at("/differences/1/values/fast").asText());
        assertEquals("32", json.at("/common/batch").asText());
        assertEquals("test.accuracy", json.at("/metrics/0/metric").asText());
        assertEquals(0.9339999999999999, json.at("/metrics/0/values/slow").asDouble());
        assertEquals("loss", json.at("/curves/0/curve").asText());
        assertEquals("[1.0,0.5]", json.at("/curves/0/values/fast").toString());
        assertEquals("", json.get("html").asText());
    }

    @Test
    void aPageIsWrittenWhereItIsAskedFor() throws Exception {
        Shell.Result result = shell.type("compare", "runs/slow", "runs/fast", "--html", "pages/compare.html");
        assertTrue(result.out().endsWith("\nPage  DIR/pages/compare.html\n"), result.out());
        String page = Files.readString(folder.resolve("pages/compare.html"));
        assertTrue(page.contains("<h1>slow, fast</h1>"), page);
        assertTrue(page.contains("Line chart of training loss over epoch. slow: from 1 to 0.25"), page);
        JsonNode json = shell.type("compare", "runs/slow", "runs/fast", "--html", "pages/compare.html", "--json")
                .json();
        assertEquals("DIR/pages/compare.html", json.get("html").asText());
    }

    @Test
    void aFolderThatIsNotARunIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("photos"));
        Shell.Result none = shell.type("compare", "runs/slow", "photos", "--json");
        assertEquals(3, none.exitCode());
        assertEquals("NOT_FOUND", none.code());
        assertEquals(
                "error: The folder DIR/photos has no recipe.json.\nName the folder of a training run.\n", none.err());
        Shell.Result missing = shell.type("compare", "runs/slow", "runs/fats");
        assertEquals(3, missing.exitCode());
        assertTrue(missing.err().startsWith("error: There is no folder DIR/runs/fats.\n"), missing.err());
        assertEquals("", missing.out());
    }

    @Test
    void aDamagedRunIsRefusedNamingTheFile() throws Exception {
        Files.writeString(folder.resolve("runs/fast/history.csv"), "epoch,seconds\n0,1\n");
        Shell.Result damaged = shell.type("compare", "runs/slow", "runs/fast");
        assertEquals(7, damaged.exitCode());
        assertTrue(damaged.err().contains("DIR/runs/fast/history.csv"), damaged.err());
    }

    @Test
    void oneRunOrTheSameTwiceIsAMistakeOfUse() {
        Shell.Result one = shell.type("compare", "runs/slow");
        assertEquals(2, one.exitCode());
        assertEquals("error: 'jzoo compare' expects the folders of two or more runs.\n", one.err());
        Shell.Result twice = shell.type("compare", "runs/slow", "runs/slow/");
        assertEquals(2, twice.exitCode());
        assertTrue(twice.err().contains("is named twice"), twice.err());
    }

    @Test
    void aPageIsNotWrittenOverAnotherFileOfARun() throws Exception {
        Path recipe = folder.resolve("runs/slow/recipe.json");
        String before = Files.readString(recipe);
        Shell.Result result = shell.type("compare", "runs/slow", "runs/fast", "--html", "runs/slow/recipe.json");
        assertEquals(2, result.exitCode());
        assertEquals(
                "error: --html expects a file name that ends in .html, not runs/slow/recipe.json.\n", result.err());
        assertEquals(before, Files.readString(recipe));
    }
}
