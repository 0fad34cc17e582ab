package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.verification.CheckResult;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.MetricsCheck;
import dev.jzoo.training.ModelFolder;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunCheck;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link RunCheck} and {@link MetricsCheck}, on two short runs of a recipe whose data JZoo has itself. */
class ChecksOfRunsTest {

    @TempDir
    static Path folder;

    private static TrainingResult first;
    private static TrainingResult other;

    @BeforeAll
    static void train() throws IOException {
        first = train(1);
        other = train(2);
    }

    private static Store store() {
        return Store.open(new Settings(folder.resolve("home"), List.of(), true));
    }

    private static TrainingResult train(long seed) throws IOException {
        Recipe recipe = Recipes.get("airline-lstm");
        return recipe.train(new TrainingRun(
                Engine.of("djl"),
                recipe.defaults().withEpochs(2).withSeed(seed),
                store(),
                RunFolder.at(folder.resolve("seed-" + seed)),
                Compute.standard(),
                TrainingListener.NONE));
    }

    private static Path file(TrainingResult result) {
        return result.model().resolve("model.onnx");
    }

    private static List<CheckResult> against(TrainingResult model, Path run) throws IOException {
        return RunCheck.of(file(model), run, store(), ProgressListener.NONE);
    }

    private static CheckResult metrics(TrainingResult result) throws IOException {
        return MetricsCheck.of(file(result), store(), ProgressListener.NONE);
    }

    @Test
    void aFileIsHeldAgainstTheNetworkOfItsRun() throws IOException {
        List<CheckResult> checks = against(first, first.run());
        assertEquals(
                List.of("run", "against"),
                checks.stream().map(CheckResult::name).toList());
        assertTrue(checks.stream().allMatch(CheckResult::ok), checks.toString());
        assertTrue(
                checks.get(0).detail().startsWith("airline-lstm, DJL, seed 1, exported again: largest difference "),
                checks.toString());
        assertTrue(checks.get(1).detail().startsWith("the same: largest difference 0 over "), checks.toString());
    }

    @Test
    void theFileOfAnotherSeedDiffers() throws IOException {
        List<CheckResult> checks = against(other, first.run());
        assertTrue(checks.get(0).ok(), checks.toString());
        assertFalse(checks.get(1).ok(), checks.toString());
        assertTrue(checks.get(1).detail().startsWith("forecast at batch "), checks.toString());
    }

    @Test
    void whatIsNoRunIsRefused() {
        JZooException e = assertThrows(JZooException.class, () -> against(first, folder.resolve("gone")));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
    }

    @Test
    void metricsThatAreMeasuredAgainAgree() throws IOException {
        CheckResult check = metrics(other);
        assertTrue(check.ok(), check.toString());
        assertTrue(check.detail().startsWith("measured again: "), check.toString());
    }

    @Test
    void aMetricThatIsTooGoodIsFound() throws IOException {
        ModelCard honest = CardPage.read(first.model().resolve("README.md"));
        Map<String, Double> boasting = new TreeMap<>(honest.metrics());
        double rmse = boasting.put("test.rmse", 1.5);
        try {
            ModelFolder.describe(first.model(), honest.withMetrics(boasting));
            CheckResult check = metrics(first);
            assertFalse(check.ok());
            assertEquals(
                    String.format(Locale.ROOT, "Measured again: test.rmse is %.4f, the card says 1.5000.", rmse),
                    check.detail());
        } finally {
            ModelFolder.describe(first.model(), honest);
        }
    }
}
