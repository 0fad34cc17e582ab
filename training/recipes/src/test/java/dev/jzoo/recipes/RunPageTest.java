package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.recipes.tables.TableRegressionTest;
import dev.jzoo.recipes.text.LanguageModelTest;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.testing.ChartReader;
import dev.jzoo.training.testing.ChartReader.Chart;
import dev.jzoo.training.testing.Xml;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

/** The pages of all families say what was trained, count epochs from 1, and have one colour for train and one for test. */
class RunPageTest {

    /** The names that a legend gives to what is measured on the training data. */
    private static final Set<String> TRAIN =
            Set.of("train", "training loss", "training loss, with dropout", "LSTM on the training months");

    private static final Set<String> TEST =
            Set.of("test", "published, test", "LSTM on the test months", "the next 12 months");

    @TempDir
    Path folder;

    /** A recipe of each family, with rows that only its own page has, counted by hand. */
    enum Family {
        PICTURES(
                Recipes.get("procedural-digits-logistic"),
                List.of("input784–", "dense 10107,850", "optimiserstochastic gradient descent without momentum")),
        SIGNALS(
                Recipes.get("mnist1d-mlp"),
                List.of("dense 1001004,100", "dropout 0.2100–", "dropout0.2, 0.2", "dense 10101,010")),
        SERIES(
                Recipes.get("airline-lstm"),
                List.of("input1 x 1–", "LSTM 44 x 196", "last step4–", "dense 115", "batch1 example")),
        TABLE(new TableRegressionTest.Made(), List.of("input2–", "dense 113", "scheduleconstant")),
        TEXT(
                new LanguageModelTest.Rhyme("lstm"),
                List.of(
                        "embedding of 812 x 896",
                        "LSTM 2412 x 243,168",
                        "dropout0.1",
                        "dense 1212 x 12300",
                        "gradient clippingto a norm of 1"));

        private final Recipe recipe;
        private final List<String> rows;

        Family(Recipe recipe, List<String> rows) {
            this.recipe = recipe;
            this.rows = rows;
        }
    }

    private String page(Recipe recipe) throws Exception {
        Store store = Store.open(
                Settings.of(Map.of("JZOO_HOME", folder.resolve("home").toString(), "JZOO_OFFLINE", "1")));
        RunFolder run = RunFolder.at(folder.resolve("run"));
        recipe.train(new TrainingRun(
                Engine.of("djl"),
                recipe.defaults().withEpochs(2).withLimit(80),
                store,
                run,
                Compute.standard(),
                TrainingListener.NONE));
        return Files.readString(run.report().resolve("index.html"));
    }

    @ParameterizedTest
    @EnumSource
    void aPageSaysWhatWasTrainedCountsEpochsFrom1AndKeepsItsColours(Family family) throws Exception {
        String html = page(family.recipe);
        Document page = Xml.parse(html);
        List<String> headings = Xml.texts(page, "h2");
        assertEquals(
                List.of("What was trained", "How it was made"), headings.subList(headings.size() - 2, headings.size()));
        List<String> rows = Xml.texts(page, "tr");
        for (String row : family.rows) {
            assertTrue(rows.contains(row), row + " in " + rows);
        }
        for (String setting : List.of("initialisation", "objective", "schedule", "weight decay", "augmentation")) {
            assertTrue(
                    rows.stream().anyMatch(row -> row.startsWith(setting) && row.length() > setting.length()), setting);
        }
        assertTrue(rows.containsAll(List.of("epochs2", "training examplesthe first 80", "seed1")), rows::toString);

        List<Chart> charts = ChartReader.charts(html);
        List<Chart> ofEpochs = charts.stream().filter(Chart::isOfEpochs).toList();
        assertTrue(ofEpochs.size() >= 2, "loss and learning rate");
        ofEpochs.forEach(chart -> assertEquals(List.of("1", "2"), chart.bottom(), chart.description()));
        charts.forEach(chart -> chart.legend().forEach((name, colour) -> {
            assertEquals(TRAIN.contains(name), colour.equals("blue"), chart.description() + " " + name + " " + colour);
            assertEquals(
                    TEST.contains(name), colour.equals("vermillion"), chart.description() + " " + name + " " + colour);
        }));
    }
}
