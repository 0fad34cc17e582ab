package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recipe-0.1.0.json} is what JZoo 0.1.0 wrote of a run: the bytes decide whether a run can be resumed, and stand in cards. */
class RecipeFileTest {

    @TempDir
    Path folder;

    private static String written() throws IOException {
        try (InputStream in = RecipeFileTest.class.getResourceAsStream("/recipe-0.1.0.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aRecipeOfAnOlderReleaseIsReadAndWrittenByteForByte() throws IOException {
        RecipeFile recipe = Json.parse("recipe.json", written(), RecipeFile.class);
        assertEquals("dl4j", recipe.engine());
        assertEquals(written(), Json.pretty(recipe));
    }

    @Test
    void aRunCanBeReadWhoseEngineIsNotThereAndRefusesAnotherEngine() throws IOException {
        Files.writeString(folder.resolve("recipe.json"), written().replace("\"dl4j\"", "\"other\""));
        RunFolder run = RunFolder.at(folder);
        assertEquals("other", run.recipe().engine());
        RecipeFile recipe = Json.parse("recipe.json", written(), RecipeFile.class);
        JZooException e = assertThrows(JZooException.class, () -> run.writeRecipe(recipe));
        assertEquals(folder + " contains a different run: its recipe.json differs in engine.", e.summary());
    }
}
