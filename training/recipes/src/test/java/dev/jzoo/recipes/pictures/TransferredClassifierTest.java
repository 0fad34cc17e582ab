package dev.jzoo.recipes.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What such a recipe does not listen to is refused before anything is fetched or written. */
class TransferredClassifierTest {

    @TempDir
    Path folder;

    @Test
    void deeplearning4jIsRefused() {
        Recipe recipe = new Resnet20Hymenoptera();
        assertTrue(
                refusal(recipe, Engine.of("dl4j"), recipe.defaults()).contains("cannot be trained by Deeplearning4j"));
    }

    @Test
    void aLimitIsRefused() {
        Recipe recipe = new Resnet20Hymenoptera();
        assertTrue(refusal(recipe, Engine.of("djl"), recipe.defaults().withLimit(10))
                .contains("all of its pictures"));
    }

    @Test
    void epochsOfAHeadAreRefusedAndAnotherSeedIsNot() {
        Recipe recipe = new Resnet50Hymenoptera();
        assertTrue(refusal(recipe, Engine.of("djl"), recipe.defaults().withEpochs(5))
                .contains("without epochs"));
        JZooException notFound = assertThrows(
                JZooException.class,
                () -> train(recipe, Engine.of("djl"), recipe.defaults().withSeed(7)));
        assertEquals(JZooException.Code.NETWORK, notFound.code(), "the base is looked for");
    }

    @Test
    void whatTheRunHasInPlaceOfANetworkIsSaid() {
        JZooException none = assertThrows(JZooException.class, () -> new Resnet20Hymenoptera()
                .restore(RunFolder.at(folder), store(), ProgressListener.NONE));
        assertEquals(JZooException.Code.NOT_FOUND, none.code());
        assertTrue(none.hint().contains("jzoo verify " + folder), none.hint());
    }

    private String refusal(Recipe recipe, Engine engine, Hyperparameters settings) {
        JZooException refused = assertThrows(JZooException.class, () -> train(recipe, engine, settings));
        assertEquals(JZooException.Code.BAD_INPUT, refused.code());
        assertFalse(Files.exists(folder.resolve("run")));
        return refused.getMessage();
    }

    private void train(Recipe recipe, Engine engine, Hyperparameters settings) throws Exception {
        recipe.train(new TrainingRun(
                engine,
                settings,
                store(),
                RunFolder.at(folder.resolve("run")),
                Compute.standard(),
                TrainingListener.NONE));
    }

    private Store store() {
        return Store.open(new Settings(folder.resolve("home"), List.of(), true));
    }
}
