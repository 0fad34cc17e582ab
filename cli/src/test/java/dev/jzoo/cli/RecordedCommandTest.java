package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.options.RecordedCommand;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.FinetuneSettings;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.Recipes;
import dev.jzoo.zoo.file.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

/** Tests that the command in a card makes the same model again and has no unnecessary options. */
class RecordedCommandTest {

    @TempDir
    Path folder;

    private ParseResult parsed(String... words) {
        return Shell.parser(folder).parseArgs(words).subcommand();
    }

    private String finetune(String... more) {
        List<String> words = new ArrayList<>(List.of("finetune", "--base", "mnist-lenet", "--data", "docs/pictures"));
        words.addAll(List.of(more));
        return RecordedCommand.of(parsed(words.toArray(String[]::new)));
    }

    @Test
    void defaultsAreOmittedButTheSeed() {
        assertEquals("jzoo finetune --base mnist-lenet --data docs/pictures --seed 1", finetune());
        assertEquals(
                "jzoo finetune --base mnist-lenet --data docs/pictures --seed 1",
                finetune("--mode", "head", "--views", "1", "--seed", "1"));
    }

    @Test
    void noPasswordOfAnAddressIsRecorded() {
        assertEquals(
                "jzoo finetune --base 'https://example.org/m.onnx?...' --data docs/pictures --seed 1",
                RecordedCommand.of(parsed(
                        "finetune",
                        "--base",
                        "https://me:s3cret@example.org/m.onnx?token=s3cret",
                        "--data",
                        "docs/pictures")));
    }

    @Test
    void settingsMadeByTheLibraryRecordWhatTheCommandWould() throws Exception {
        Path shapes = Path.of("..", "docs", "pictures", "shapes");
        FinetuneSettings settings = FinetuneSettings.of("shapes", Path.of("it's one.onnx"), PictureFolder.read(shapes));
        assertEquals(
                RecordedCommand.of(parsed("finetune", "--base", "it's one.onnx", "--data", "../docs/pictures/shapes")),
                settings.command());
    }

    @Test
    void whatDecidesTheModelIsRecordedInTheOrderOfTheHelp() {
        assertEquals(
                "jzoo finetune --base mnist-lenet --data docs/pictures --mode full --epochs 2 --batch 8 --lr 5.0E-4"
                        + " --normalize imagenet-bgr --features flat --size 64 --views 3 --seed -7",
                finetune(
                        "--seed=-7",
                        "--views=3",
                        "--size=64",
                        "--features=flat",
                        "--normalize=imagenet-bgr",
                        "--lr=5e-4",
                        "--batch=8",
                        "--epochs=2",
                        "--mode=full"));
    }

    @Test
    void aValueThatAModeHasAnywayIsRecordedWhereItWasGiven() {
        assertEquals(
                "jzoo finetune --base mnist-lenet --data docs/pictures --mode scratch --batch 16 --seed 1",
                finetune("--mode", "scratch", "--batch", "16"));
    }

    @Test
    void whereTheResultGoesAndHowItIsShownIsNotRecorded() {
        assertEquals(
                "jzoo finetune --base mnist-lenet --data docs/pictures --seed 1",
                finetune(
                        "--name",
                        "shapes",
                        "--out",
                        "elsewhere",
                        "--min-accuracy",
                        "0.5",
                        "--json",
                        "--offline",
                        "--progress",
                        "lines"));
    }

    @Test
    void wordsAreQuotedAndPathsStayAsTheyWereTyped() {
        ParseResult spaces =
                parsed("finetune", "--base", "./my nets/it's one.onnx", "--data", "/data/My Photos", "--seed", "2");
        assertEquals(
                "jzoo finetune --base './my nets/it'\\''s one.onnx' --data '/data/My Photos' --seed 2",
                RecordedCommand.of(spaces));
        assertEquals(
                "jzoo finetune --base hf:owner/net@v1.2/model.onnx --data ../a/./b --seed 2",
                RecordedCommand.of(parsed(
                        "finetune", "--base", "hf:owner/net@v1.2/model.onnx", "--data", "../a/./b", "--seed", "2")));
        assertEquals("jzoo run 'my run' '' '$HOME'", RecordedCommand.typed(List.of("run", "my run", "", "$HOME")));
    }

    @Test
    void flagsParametersAndOptionsOfSeveralValuesAreRecordedToo() {
        assertEquals(
                "jzoo export net.zip --out x.onnx --input a=batch,4 --input b=2 --opset 15 --states",
                RecordedCommand.of(parsed(
                        "export",
                        "--states",
                        "--opset",
                        "15",
                        "--input",
                        "a=batch,4",
                        "--input",
                        "b=2",
                        "--out",
                        "x.onnx",
                        "net.zip")));
    }

    @Test
    void onlyWhatMakesAnotherModelDecides() {
        assertFalse(RecordedCommand.decides(
                parsed("train", "--resume", "runs/x", "--seeds", "3", "--threads", "2", "--device", "auto", "--json")));
        for (String option : List.of("--engine=djl", "--epochs=1", "--batch=1", "--lr=1", "--seed=1", "--limit=1")) {
            assertTrue(RecordedCommand.decides(parsed("train", "--resume", "runs/x", option)), option);
        }
    }

    /**
     * The command in a recipe's card comes from the settings, since a program may also start a run; the parser must agree.
     */
    @TestFactory
    Stream<DynamicTest> theCommandOfARecipesCardIsReadAsTheSameSettings() {
        return Recipes.all().stream()
                .map(recipe -> DynamicTest.dynamicTest(recipe.id(), () -> {
                    Hyperparameters defaults = recipe.defaults();
                    Hyperparameters others = new Hyperparameters(
                            defaults.epochs() + 1,
                            defaults.batch() + 2,
                            defaults.learningRate() / 3,
                            -4,
                            5 + defaults.limit());
                    for (Hyperparameters settings : List.of(defaults, others)) {
                        assertEquals(RecordedCommand.of(parsed(words(recipe, settings))), command(recipe, settings));
                    }
                }));
    }

    private static String command(Recipe recipe, Hyperparameters settings) {
        return new RecipeFile(recipe.id(), "dl4j", "", "", "", "", "", settings, "", List.of())
                .forCard(recipe.defaults(), Sha256.of(new byte[0]))
                .command();
    }

    /** Returns the command as a user might type it, with options in another order and form. */
    private static String[] words(Recipe recipe, Hyperparameters settings) {
        Hyperparameters defaults = recipe.defaults();
        List<String> words = new ArrayList<>(List.of("train", "--engine=dl4j", "--seed=" + settings.seed()));
        if (settings.limit() != defaults.limit()) {
            words.add("--limit=" + settings.limit());
        }
        if (settings.learningRate() != defaults.learningRate()) {
            words.add("--lr=" + settings.learningRate());
        }
        if (settings.batch() != defaults.batch()) {
            words.add("--batch=" + settings.batch());
        }
        if (settings.epochs() != defaults.epochs()) {
            words.add("--epochs=" + settings.epochs());
        }
        words.add(recipe.id());
        return words.toArray(String[]::new);
    }
}
