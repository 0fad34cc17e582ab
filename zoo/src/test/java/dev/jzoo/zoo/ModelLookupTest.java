package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.contents;
import static dev.jzoo.zoo.Fixtures.modelFolder;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLookupTest {

    @TempDir
    Path folder;

    private final byte[] published = bytes(500, 1);
    private ModelLookup lookup;

    @BeforeEach
    void publish() throws Exception {
        Path run = modelFolder(folder.resolve("made"), "digits", "1.0.0", published);
        Manifest.ManifestTensor features =
                new Manifest.ManifestTensor("flat", List.of(Dimension.of("N"), Dimension.of(84)), "tensor(float)");
        Publisher.ModelSignature plain = contents();
        Publisher.into(folder.resolve("mirror/models"))
                .publish(
                        run,
                        new Publisher.ModelSignature(
                                plain.onnxVersion(),
                                plain.opset(),
                                plain.inputs(),
                                plain.outputs(),
                                List.of(features)));
        Zoo zoo = Zoo.open(new Settings(
                folder.resolve("home"), List.of(folder.resolve("mirror").toUri()), true));
        lookup = new ModelLookup(zoo, folder, List.of(folder.resolve("runs")));
    }

    private Path file(String nameOrPath) throws Exception {
        return lookup.file(nameOrPath, ProgressListener.NONE);
    }

    @Test
    void aNameIsTheZoosModelEvenWhereAFileHasIt() throws Exception {
        Files.write(folder.resolve("digits"), new byte[] {1});
        assertTrue(file("digits").startsWith(folder.resolve("home")));
        assertArrayEquals(published, Files.readAllBytes(file("digits@1.0.0")));
        assertEquals(folder.resolve("./digits"), file("./digits"));
    }

    @Test
    void aNameThatTheZooDoesNotKnowIsAPathOrARun() throws Exception {
        Fixtures.write(folder.resolve("runs/flowers/model/model.onnx"), bytes(10, 2));
        assertEquals(folder.resolve("runs/flowers/model/model.onnx"), file("flowers"));
        Fixtures.write(folder.resolve("flowers"), bytes(10, 3));
        assertEquals(folder.resolve("flowers"), file("flowers"));
        Files.createDirectories(folder.resolve("runs/empty"));
        JZooException e = assertThrows(JZooException.class, () -> file("empty"));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
    }

    @Test
    void runsAreFoundOnlyWhereThereIsAFolderOfThem() throws Exception {
        Fixtures.write(folder.resolve("runs/flowers/model/model.onnx"), bytes(10, 2));
        ModelLookup without = new ModelLookup(lookup.zoo(), folder, List.of());
        assertThrows(JZooException.class, () -> without.file("flowers", ProgressListener.NONE));
    }

    @Test
    void aFolderIsTheModelInIt() throws Exception {
        Fixtures.write(folder.resolve("Runs/a/model/model.onnx"), bytes(10, 2));
        assertEquals(folder.resolve("Runs/a/model/model.onnx"), file("Runs/a"));
        assertEquals(folder.resolve("Runs/a/model/model.onnx"), file("Runs/a/model"));
        assertEquals(folder.resolve("Runs/a/model"), ModelLookup.requireFolder(folder.resolve("Runs/a")));
        assertEquals(Optional.empty(), ModelLookup.folderOf(folder.resolve("Runs")));
        JZooException e = assertThrows(JZooException.class, () -> ModelLookup.requireFolder(folder.resolve("Runs")));
        assertEquals(
                "The folder " + folder.resolve("Runs") + " has no model.onnx and no folder 'model' with one.",
                e.summary());
    }

    @Test
    void aPathIsReturnedWhetherOrNotItExists() throws Exception {
        assertEquals(folder.resolve("No such.onnx"), file("No such.onnx"));
        Path elsewhere = folder.resolve("else").toAbsolutePath();
        assertEquals(elsewhere, file(elsewhere.toString()));
    }

    @Test
    void featuresAreThoseOfTheManifest() {
        assertEquals(Optional.of("flat"), lookup.features("digits"));
        assertEquals(Optional.empty(), lookup.features("flowers"));
        assertEquals(Optional.empty(), lookup.features("./digits"));
    }
}
