package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.series.Forecast;
import dev.jzoo.inference.series.Forecaster;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes on series and signals that the program has itself, for an epoch or two; what they reach is in the acceptance. */
class SmallRecipesTest {

    private static final List<String> RECIPES =
            List.of("airline-lstm-12", "sine-rnn", "mnist1d-logistic", "mnist1d-mlp", "mnist1d-cnn", "mnist1d-gru");

    @TempDir
    Path folder;

    static Stream<Arguments> recipesByEngine() {
        Set<String> lacking = Set.of("mnist1d-gru dl4j", "mnist1d-cnn scratch");
        return RECIPES.stream().flatMap(recipe -> Stream.of("djl", "dl4j", "scratch")
                .map(Engine::of)
                .filter(engine -> !lacking.contains(recipe + " " + engine.id()))
                .map(engine -> Arguments.of(recipe, engine)));
    }

    private Store store() {
        return Store.open(Settings.of(Map.of("JZOO_HOME", folder.resolve("home").toString(), "JZOO_OFFLINE", "1")));
    }

    private TrainingResult train(String recipe, Engine engine, int epochs) throws IOException {
        Recipe found = Recipes.get(recipe);
        return found.train(new TrainingRun(
                engine,
                found.defaults().withEpochs(epochs).withLimit(200),
                store(),
                RunFolder.at(folder.resolve(recipe + "-" + engine.id())),
                Compute.standard(),
                TrainingListener.NONE));
    }

    @ParameterizedTest
    @MethodSource("recipesByEngine")
    void aRunCanBePublishedMeasuredAndRestored(String recipe, Engine engine) throws IOException {
        TrainingResult result = train(recipe, engine, 2);
        assertTrue(result.parity().agrees(), result.parity().toString());
        assertTrue(Files.size(result.run().resolve("report/index.html")) > 0);
        assertTrue(Files.exists(result.model().resolve("test_data_set_2/output_0.pb")));
        assertEquals(result.card(), CardPage.read(result.model().resolve("README.md")));
        OnnxFile file = OnnxFile.read(result.model().resolve("model.onnx"));
        assertEquals(List.of(), GraphChecker.faults(file));
        try (OnnxModel model = OnnxModel.open(result.model().resolve("model.onnx"), Device.cpu())) {
            SortedMap<String, Double> measured = Recipes.get(recipe).measure(model, store(), ProgressListener.NONE);
            SortedMap<String, Double> claimed = new TreeMap<>(result.card().metrics());
            claimed.keySet().removeIf(metric -> metric.startsWith("loss."));
            assertEquals(claimed, measured);
        }
        Graph trained = file.graph();
        try (TrainedNetwork network = TrainedNetwork.of(RunFolder.at(result.run()), store(), ProgressListener.NONE)) {
            Graph restored = network.exporter().export().file().graph();
            assertEquals(trained.initializers(), restored.initializers());
            assertEquals(trained.nodes(), restored.nodes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"airline-lstm-12", "sine-rnn", "mnist1d-logistic"})
    void allEnginesTakeTheSameSteps(String recipe) throws IOException {
        String metric = Recipes.get(recipe).headline().metric();
        double djl = train(recipe, Engine.of("djl"), 2).metric(metric);
        double dl4j = train(recipe, Engine.of("dl4j"), 2).metric(metric);
        double scratch = train(recipe, Engine.of("scratch"), 2).metric(metric);
        assertEquals(djl, dl4j, 1e-3 * djl);
        assertEquals(djl, scratch, 1e-3 * djl);
    }

    @Test
    void anEngineWithoutGruIsRefusedBeforeAnythingIsWritten() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> train("mnist1d-gru", Engine.of("dl4j"), 1));
        assertTrue(
                e.getMessage().startsWith("Deeplearning4j 1.0.0-M2.1 has no GRU")
                        && e.getMessage().contains("--engine djl"),
                e.getMessage());
        assertFalse(Files.exists(folder.resolve("mnist1d-gru-dl4j")));
    }

    @Test
    void anEngineWithoutConvolutionsOfSignalsIsRefusedBeforeAnythingIsWritten() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> train("mnist1d-cnn", Engine.of("scratch"), 1));
        assertTrue(
                e.getMessage().startsWith(Engine.of("scratch").version() + " has no convolution")
                        && e.getMessage().endsWith("Train it with --engine djl or --engine dl4j."),
                e.getMessage());
        assertFalse(Files.exists(folder.resolve("mnist1d-cnn-scratch")));
    }

    @Test
    void aForecastOverAYearFeedsItselfBackThroughTheWindow() throws IOException {
        TrainingResult result = train("airline-lstm-12", Engine.of("djl"), 2);
        try (Forecaster forecaster = Forecaster.open(result.model().resolve("model.onnx"), Device.cpu())) {
            Forecast forecast = forecaster.forecast(14);
            assertEquals("1962-02", forecast.times().get(13));
            double[] window = forecast.values().subList(1, 13).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            assertEquals(
                    forecast.values().get(13),
                    forecaster.forecast(window, 1).values().get(0),
                    1e-3);
        }
    }
}
