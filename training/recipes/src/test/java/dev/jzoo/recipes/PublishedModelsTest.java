package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.export.testing.PythonOnnx;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.Recipes;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed models do what their cards say. */
class PublishedModelsTest {

    private static final Path MODELS = Path.of("..", "..", "zoo", "models");

    @TempDir
    Path folder;

    static Stream<Path> models() throws IOException {
        return Manifest.read(MODELS.resolve(Manifest.FILE_NAME)).entries().stream()
                .map(entry -> MODELS.resolve(entry.file().path()));
    }

    static Stream<Path> modelsWithDataOfTheirOwn() throws IOException {
        return models().filter(model -> Stream.of("airline", "sine", "mnist1d")
                .anyMatch(data -> model.toString().contains(data)));
    }

    private static ModelCard card(Path model) throws IOException {
        return CardPage.read(model.resolveSibling("README.md"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theFileIsValidAndCarriesTheCardOfThePageBesideIt(Path model) throws IOException {
        OnnxFile file = OnnxFile.read(model);
        assertEquals(List.of(), GraphChecker.faults(file));
        requireThatOf(card(model), file.metadata());
    }

    /** A fine-tuned model also says what of a picture it sees. */
    private static void requireThatOf(ModelCard card, Map<String, String> metadata) {
        Map<String, String> ofTheCard = new TreeMap<>(metadata);
        ofTheCard.remove(Framing.METADATA);
        assertEquals(CardMetadata.of(card), ofTheCard);
    }

    @ParameterizedTest
    @MethodSource("modelsWithDataOfTheirOwn")
    void theMetricsOfTheCardAreMeasuredAgain(Path model) throws IOException {
        measureAgain(model, Settings.of(Map.of("JZOO_HOME", folder.toString(), "JZOO_OFFLINE", "1")));
    }

    @Tag("acceptance")
    @ParameterizedTest
    @MethodSource("models")
    void theMetricsOfEveryCardAreMeasuredAgainOnTheRealData(Path model) throws IOException {
        measureAgain(model, Settings.standard());
    }

    private static void measureAgain(Path path, Settings settings) throws IOException {
        ModelCard card = card(path);
        try (OnnxModel model = OnnxModel.open(path, Device.cpu())) {
            SortedMap<String, Double> measured =
                    Recipes.get(card.recipe().id()).measure(model, Store.open(settings), ProgressListener.NONE);
            SortedMap<String, Double> claimed = new TreeMap<>(card.metrics());
            claimed.keySet().retainAll(measured.keySet());
            assertEquals(measured.keySet(), claimed.keySet());
            measured.forEach((metric, value) -> assertEquals(value, claimed.get(metric), 1e-4 * value, metric));
        }
    }

    @Tag("acceptance")
    @ParameterizedTest
    @MethodSource("models")
    void anIndependentReaderAcceptsTheFileAndReadsItsMetadata(Path model) throws Exception {
        String printed =
                PythonOnnx.required().run(PublishedModelsTest.class, "check_model.py", folder, model.toString());
        Map<String, String> metadata = new ObjectMapper().readValue(printed, new TypeReference<>() {});
        requireThatOf(card(model), metadata);
    }
}
