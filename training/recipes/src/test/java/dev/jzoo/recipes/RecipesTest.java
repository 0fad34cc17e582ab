package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.series.Forecaster;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorFile;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes that need no data from elsewhere, for a few epochs; the published figures are in the acceptance. */
class RecipesTest {

    @TempDir
    Path folder;

    private TrainingResult train(String recipe, Engine engine, Hyperparameters settings, String name)
            throws IOException {
        Store store = Store.open(
                Settings.of(Map.of("JZOO_HOME", folder.resolve("home").toString(), "JZOO_OFFLINE", "1")));
        RunFolder run = RunFolder.at(folder.resolve(name));
        return Recipes.get(recipe)
                .train(new TrainingRun(engine, settings, store, run, Compute.standard(), TrainingListener.NONE));
    }

    private static Hyperparameters shortened(String recipe, int epochs) {
        return Recipes.get(recipe).defaults().withEpochs(epochs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j", "scratch"})
    void aRunLeavesAFolderThatIsReadyToPublish(Engine engine) throws IOException {
        TrainingResult result = train("airline-lstm", engine, shortened("airline-lstm", 3), engine.id());
        Path run = result.run();
        for (String file :
                List.of("recipe.json", "history.csv", "metrics.json", "report/index.html", "model/model.onnx")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        assertEquals(4, Files.readAllLines(run.resolve("history.csv")).size());
        ModelCard card = CardPage.read(result.model().resolve("README.md"));
        assertEquals(result.card(), card);
        assertEquals(
                "jzoo train airline-lstm --engine " + engine.id() + " --epochs 3 --seed 1",
                card.recipe().command());
        assertEquals(
                Sha256.of(result.model().resolve("recipe.json")), card.recipe().sha256());
        OnnxFile file = OnnxFile.read(result.model().resolve("model.onnx"));
        assertEquals(List.of(), GraphChecker.faults(file));
        assertEquals(CardMetadata.of(card), file.metadata());
        assertEquals(
                "forecast",
                TensorFile.read(result.model().resolve("test_data_set_2/output_0.pb"))
                        .name());
        assertTrue(
                result.parity().agrees() && result.parity().maxError() <= 1e-5,
                result.parity().toString());
        assertRestored(result);
    }

    private static TrainedNetwork restored(Path run) throws IOException {
        return TrainedNetwork.of(RunFolder.at(run), Store.standard(), ProgressListener.NONE);
    }

    /** The network of the run's checkpoint is exported to the graph that the run left. */
    private static void assertRestored(TrainingResult result) throws IOException {
        Graph trained = OnnxFile.read(result.model().resolve("model.onnx")).graph();
        try (TrainedNetwork network = restored(result.run())) {
            Graph restored = network.exporter().export().file().graph();
            assertEquals(trained.initializers(), restored.initializers());
            assertEquals(trained.nodes(), restored.nodes());
        }
    }

    @Test
    void aFolderWithoutARunOrItsWeightsIsRefused() throws IOException {
        JZooException none = assertThrows(JZooException.class, () -> restored(folder));
        assertEquals(JZooException.Code.NOT_FOUND, none.code());
        assertTrue(none.summary().endsWith("has no recipe.json."), none.summary());
        TrainingResult result = train("airline-lstm", Engine.of("djl"), shortened("airline-lstm", 1), "bare");
        Files.delete(result.run().resolve("checkpoints/model.params"));
        JZooException bare = assertThrows(JZooException.class, () -> restored(result.run()));
        assertEquals(JZooException.Code.NOT_FOUND, bare.code());
        assertTrue(bare.getMessage().contains("checkpoints/model.params"), bare.getMessage());
    }

    @Test
    void bothEnginesTakeTheSameStepsWithAnLstm() throws IOException {
        Hyperparameters settings = shortened("airline-lstm", 5);
        TrainingResult djl = train("airline-lstm", Engine.of("djl"), settings, "djl");
        TrainingResult dl4j = train("airline-lstm", Engine.of("dl4j"), settings, "dl4j");
        assertEquals(djl.metric("loss.last"), dl4j.metric("loss.last"), 1e-6);
        assertEquals(djl.metric("test.rmse"), dl4j.metric("test.rmse"), 1e-2);
    }

    @Test
    void bothEnginesTakeTheSameStepsWithSoftmaxRegression() throws IOException {
        Hyperparameters settings = shortened("procedural-digits-logistic", 1);
        TrainingResult djl = train("procedural-digits-logistic", Engine.of("djl"), settings, "djl");
        TrainingResult dl4j = train("procedural-digits-logistic", Engine.of("dl4j"), settings, "dl4j");
        assertEquals(djl.metric("test.accuracy"), dl4j.metric("test.accuracy"), 1e-3);
        assertTrue(djl.metric("test.accuracy") > 0.8, djl.card().metrics().toString());
        assertRestored(djl);
        assertRestored(dl4j);
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j", "scratch"})
    void theSameRunGivesTheSameBytes(Engine engine) throws IOException {
        Hyperparameters settings = shortened("airline-lstm", 2);
        TrainingResult first = train("airline-lstm", engine, settings, "first");
        TrainingResult second = train("airline-lstm", engine, settings, "second");
        assertArrayEquals(
                Files.readAllBytes(first.model().resolve("model.onnx")),
                Files.readAllBytes(second.model().resolve("model.onnx")));
    }

    @Test
    void anotherSeedGivesAnotherModel() throws IOException {
        Hyperparameters settings = shortened("airline-lstm", 1);
        double one = train("airline-lstm", Engine.of("djl"), settings, "one").metric("test.rmse");
        double two = train("airline-lstm", Engine.of("djl"), settings.withSeed(2), "two")
                .metric("test.rmse");
        assertTrue(Math.abs(one - two) > 1e-3, one + " and " + two);
    }

    @Test
    void aForecastFeedsItselfBackBeyondTheLastMonth() throws IOException {
        TrainingResult result = train("airline-lstm", Engine.of("djl"), shortened("airline-lstm", 20), "run");
        try (Forecaster forecaster = Forecaster.open(result.model().resolve("model.onnx"), Device.cpu())) {
            double first = forecaster.forecast(new double[] {432}, 1).values().get(0);
            double second =
                    forecaster.forecast(new double[] {first}, 1).values().get(0);
            assertEquals(List.of(first, second), forecaster.forecast(2).values());
            assertEquals("1961-01", forecaster.forecast(1).times().get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aDivergingRunStopsNamingTheEpochWithAdvice(Engine engine) {
        JZooException e = assertThrows(
                JZooException.class,
                () -> train(
                        "procedural-digits-logistic",
                        engine,
                        shortened("procedural-digits-logistic", 2).withLearningRate(1e38),
                        "diverged"));
        assertEquals(JZooException.Code.FAILED, e.code());
        assertTrue(e.getMessage().contains("epoch 1:") && e.hint().contains("--lr"), e.getMessage() + e.hint());
        assertFalse(Files.exists(folder.resolve("diverged/model")));
    }

    @Test
    void mnistWithoutNetworkOrMirrorIsRefusedBeforeAnythingIsWritten() {
        JZooException e = assertThrows(
                JZooException.class,
                () -> train("mnist-logistic", Engine.of("djl"), shortened("mnist-logistic", 1), "mnist"));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertFalse(Files.exists(folder.resolve("mnist")));
    }

    @Test
    void anUnknownRecipeIsRefusedNamingThoseThereAre() {
        JZooException e = assertThrows(JZooException.class, () -> Recipes.get("mnist"));
        assertTrue(e.hint().contains("mnist-logistic"), e.hint());
    }
}
