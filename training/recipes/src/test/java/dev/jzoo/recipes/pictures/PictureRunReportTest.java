package dev.jzoo.recipes.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of real runs on digits drawn by a program, for an epoch. */
class PictureRunReportTest {

    private static final String CALIBRATION = "Calibration";
    private static final String FIRST = "Weights of the first layer";
    private static final String MAPS = "Activations for a picture";

    @TempDir
    Path folder;

    private static RecipePictures digits() {
        return RecipePictures.of(ProceduralDigits.generate(300, 1), ProceduralDigits.generate(100, 2));
    }

    /** Softmax regression. */
    private static final class Softmax extends MnistLogistic {
        @Override
        RecipePictures pictures(Store store, ProgressListener listener) {
            return digits();
        }
    }

    /** A small residual network. */
    private static final class Residual extends MnistClassifier {
        @Override
        public String id() {
            return "residual";
        }

        @Override
        public String title() {
            return "A residual network";
        }

        @Override
        public Hyperparameters defaults() {
            return new Hyperparameters(1, 100, 0.05, 1);
        }

        @Override
        RecipePictures pictures(Store store, ProgressListener listener) {
            return digits();
        }

        @Override
        Network network() {
            return Network.of(1, 28, 28)
                    .convolution(4, 5)
                    .relu()
                    .maxPool(2)
                    .residual(8, 2)
                    .globalAveragePool()
                    .dense(10);
        }

        @Override
        Plan plan(Hyperparameters settings) {
            return Plan.of(Objective.crossEntropy(), Optimizer.momentum(0.9, 0), settings);
        }

        @Override
        ModelText words() {
            return new ModelText("Of a test.", List.of(), List.of());
        }
    }

    private String page(PictureClassifier recipe, Engine engine) throws IOException {
        Store store = Store.open(
                Settings.of(Map.of("JZOO_HOME", folder.resolve("home").toString(), "JZOO_OFFLINE", "1")));
        TrainingResult result = recipe.train(new TrainingRun(
                engine,
                recipe.defaults().withEpochs(1),
                store,
                RunFolder.at(folder.resolve("run")),
                Compute.standard(),
                TrainingListener.NONE));
        Path page = result.run().resolve("report/index.html");
        assertTrue(Files.size(page) < 500_000, Files.size(page) + " bytes");
        return Files.readString(page);
    }

    private static List<String> found(String pattern, String page) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void softmaxRegressionShowsAPictureForEachClassAndNoMaps(Engine engine) throws IOException {
        String page = page(new Softmax(), engine);
        List<String> headings = found("<h2>(.*?)</h2>", page);
        assertTrue(headings.containsAll(List.of(CALIBRATION, FIRST)), headings.toString());
        assertFalse(headings.contains(MAPS), headings.toString());
        assertEquals(
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                found("<img alt=\"(\\d)\" title", page),
                "a picture for each class");
        assertTrue(page.contains("Weights of the 28 x 28 pixels for each class."), "the caption of the weights");
        assertTrue(page.contains("Expected calibration error "), "the calibration's figure");
        assertTrue(page.contains("Line chart of learning rate over epoch"), "the schedule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aConvolutionalNetworkShowsFiltersAndMaps(Engine engine) throws IOException {
        String page = page(new Residual(), engine);
        List<String> headings = found("<h2>(.*?)</h2>", page);
        assertTrue(headings.containsAll(List.of(CALIBRATION, FIRST, MAPS)), headings.toString());
        assertEquals(4, found("<img alt=\"(filter \\d)\" title", page).size());
        List<String> captions = found("(After ReLU .*?) values each", page);
        assertTrue(captions.contains("After ReLU 1 of 3: all of 4 channels, 28 x 28"), captions.toString());
        assertTrue(captions.contains("After ReLU 3 of 3: all of 8 channels, 7 x 7"), captions.toString());
    }
}
