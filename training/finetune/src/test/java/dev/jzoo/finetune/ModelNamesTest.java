package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelNamesTest {

    @TempDir
    Path folder;

    private ModelNames names;

    @BeforeEach
    void runs() {
        Zoo zoo = Zoo.open(new Settings(folder.resolve("home"), List.of(), true));
        names = new ModelNames(folder.resolve("runs"), zoo);
    }

    @Test
    void aFolderGivesItsNameInTheFormOfAModels() {
        assertEquals("my-photos", names.unused(Path.of("/data/My  Photos!/")));
        assertEquals("b", names.unused(Path.of("/data/a/../b")));
        assertEquals("pictures", names.unused(Path.of("/data/___")));
        assertEquals("pictures", names.unused(Path.of("/")));
    }

    @Test
    void aNameThatIsTakenGetsTheNextNumber() throws Exception {
        Files.createDirectories(folder.resolve("runs/birds"));
        Files.createDirectories(folder.resolve("runs/birds-2"));
        assertTrue(names.isRun("birds"));
        assertEquals("birds-3", names.unused(Path.of("birds")));
        assertFalse(names.isRun("birds-3"));
    }

    @Test
    void aPublishedModelTakesItsNameToo() {
        assertTrue(names.isPublished("mnist-mlp"));
        assertEquals("mnist-mlp-2", names.unused(Path.of("photos", "MNIST MLP")));
    }
}
