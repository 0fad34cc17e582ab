package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.series.Forecaster;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSourceTest {

    @TempDir
    Path folder;

    @Test
    void aNameIsPulledFromTheZooAndRuns() throws Exception {
        publish("toy-quadrants");
        Zoo zoo = Zoo.open(new Settings(
                folder.resolve("home"), List.of(folder.resolve("mirror").toUri()), true));
        for (String name : new String[] {"toy-quadrants", "toy-quadrants@1.0.0"}) {
            Path file = ModelSource.locate(name, zoo);
            assertTrue(file.startsWith(folder.resolve("home")), file.toString());
            try (ImageClassifier classifier = ImageClassifier.open(file, Device.cpu())) {
                assertEquals("top left", classifier.labels().get(0));
            }
        }
        JZooException failure = assertThrows(JZooException.class, () -> ModelSource.locate("toy-quadrant", zoo));
        assertEquals(JZooException.Code.NOT_FOUND, failure.code());
        assertTrue((failure.getMessage() + failure.hint()).contains("toy-quadrants"), failure.getMessage());
    }

    @Test
    void aPathIsOpenedAsItIsAndAFolderByTheModelInIt() throws Exception {
        Path file = folder.resolve("model.onnx");
        Files.copy(Fixtures.file("quadrants.onnx"), file);
        for (Path path : List.of(file, folder)) {
            try (ImageClassifier classifier = ImageClassifier.load(path.toString())) {
                assertEquals(file.toString(), classifier.model().name());
            }
        }
        try (Forecaster forecaster = Forecaster.load(Fixtures.file("line.onnx").toString())) {
            assertEquals(10.0, forecaster.forecast(1).values().get(0));
        }
    }

    @Test
    void aPathThatDoesNotExistIsNotLookedUpInTheZoo() {
        JZooException failure = assertThrows(JZooException.class, () -> ImageClassifier.load("./no-such-model"));
        assertEquals("There is no file ./no-such-model.", failure.summary());
    }

    @Test
    void textPassedAsAModelIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("text.onnx"), "a text");
        assertThrows(DataFormatException.class, () -> ImageClassifier.load(file.toString()));
        assertThrows(DataFormatException.class, () -> Forecaster.load(file.toString()));
    }

    private void publish(String id) throws Exception {
        Path model = Files.createDirectories(folder.resolve("run/model"));
        String recipe = "{}\n";
        ModelCard card = new ModelCard(
                id,
                "1.0.0",
                "A toy",
                "For tests.",
                Task.IMAGE_CLASSIFICATION,
                List.of("top left", "top right", "bottom left", "bottom right"),
                List.of(),
                new ModelCard.CardRecipe("toy", "djl", "none", Sha256.of(recipe.getBytes(StandardCharsets.UTF_8))),
                List.of(),
                new TreeMap<>(),
                "Apache-2.0",
                List.of(),
                List.of());
        Files.copy(Fixtures.file("quadrants.onnx"), model.resolve("model.onnx"));
        Files.writeString(model.resolve("README.md"), CardPage.markdown(card));
        Files.writeString(model.resolve("recipe.json"), recipe);
        Files.writeString(model.resolve("metrics.json"), "{}\n");
        Path vector = Files.createDirectories(model.resolve("test_data_set_0"));
        Files.writeString(vector.resolve("input_0.pb"), "in");
        Files.writeString(vector.resolve("output_0.pb"), "out");
        Publisher.into(folder.resolve("mirror/models"))
                .publish(model, new Publisher.ModelSignature("1.12", 17, List.of(), List.of(), List.of()));
    }
}
