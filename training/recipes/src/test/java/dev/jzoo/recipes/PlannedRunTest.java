package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.PlannedRun;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedRunTest {

    @TempDir
    Path folder;

    private static void begin(Path run, String recipe, Hyperparameters settings) throws IOException {
        RunFolder.at(run).writeRecipe(new RecipeFile(recipe, "dl4j", "", "", "", "", "", settings, "", List.of()));
    }

    @Test
    void aRunIsResumedWithTheSettingsThatItBeganWith() throws IOException {
        Hyperparameters settings = new Hyperparameters(7, 3, 0.25, -5, 60);
        begin(folder, "airline-lstm", settings);
        PlannedRun resumed = PlannedRun.resumed(folder);
        assertEquals("airline-lstm", resumed.recipe().id());
        assertEquals("dl4j", resumed.engine().id());
        assertEquals(settings, resumed.hyperparameters());
        assertEquals(folder, resumed.folder().path());
        Store store = Store.open(new Settings(folder.resolve("home"), List.of(), true));
        TrainingRun run = resumed.with(store, Compute.standard(), TrainingListener.NONE);
        assertEquals(settings, run.hyperparameters());
        assertEquals(folder, run.folder().path());
    }

    @Test
    void aSweepIsResumedFromItsSmallestSeedByNumber() throws IOException {
        for (long seed : new long[] {10, 9, 11}) {
            begin(folder.resolve("seed-" + seed), "sine-rnn", new Hyperparameters(1, 1, 1, seed));
        }
        Files.createDirectories(folder.resolve("seed-1-copy"));
        PlannedRun resumed = PlannedRun.resumedSweep(folder);
        assertEquals(9, resumed.hyperparameters().seed());
        assertEquals(folder, resumed.folder().path());
        begin(folder.resolve("seed--2"), "sine-rnn", new Hyperparameters(1, 1, 1, -2));
        assertEquals(-2, PlannedRun.resumedSweep(folder).hyperparameters().seed());
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        JZooException none = assertThrows(JZooException.class, () -> PlannedRun.resumed(folder));
        assertEquals(JZooException.Code.NOT_FOUND, none.code());
        JZooException single = assertThrows(JZooException.class, () -> PlannedRun.resumedSweep(folder));
        assertEquals(
                "Cannot resume " + folder + " as a run of several seeds: it has no folder of a seed.",
                single.summary());
        begin(folder, "no-such-recipe", new Hyperparameters(1, 1, 1, 1));
        JZooException recipe = assertThrows(JZooException.class, () -> PlannedRun.resumed(folder));
        assertTrue(recipe.getMessage().contains("no-such-recipe"), recipe.getMessage());
    }
}
