package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.cli.console.ExitGate;
import dev.jzoo.cli.console.FinetuneProgress;
import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.Progress;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the way from a folder of pictures to a model that is run by its name. */
class FinetuneTest {

    private static final String SHAPES = "docs/pictures/shapes";

    @TempDir
    static Path folder;

    private static Shell shell;

    @BeforeAll
    static void pictures() throws Exception {
        shell = Shell.in(folder);
        StandIns.inputs(folder);
    }

    @Test
    void aFolderOfPicturesBecomesAModelThatIsRunByItsName() throws Exception {
        Shell.Result made =
                shell.type("finetune", "--base", "mnist-lenet", "--data", SHAPES, "--name", "forms", "--json");
        assertEquals(0, made.exitCode(), made.err());
        JsonNode document = made.json();
        assertEquals("DIR/runs/forms", document.get("run").asText());
        assertEquals("DIR/runs/forms/model", document.get("model").asText());
        assertEquals(1.0, document.at("/metrics/validation.accuracy").asDouble());
        assertTrue(document.at("/parity/maxError").asDouble() < 1e-4);
        assertTrue(document.get("seconds").asDouble() > 0);

        Shell.Result run = shell.type("run", "forms", SHAPES + "/ring/3.png", "--top", "1", "--json");
        assertEquals("ring", run.json().at("/0/predictions/0/label").asText());
        assertEquals(0, shell.type("verify", "runs/forms").exitCode());
        Shell.Result measured = shell.type("verify", "runs/forms", "--metrics");
        assertEquals(4, measured.exitCode());
        assertTrue(measured.out().contains("jzoo finetune --base mnist-lenet --data " + SHAPES), measured.out());
        assertTrue(shell.type("cache", "list").out().contains("computed/features/"));

        Shell.Result again = shell.type("finetune", "--base", "mnist-lenet", "--data", SHAPES, "--name", "forms");
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("runs/forms already exists"), again.err());
    }

    @Test
    void allLayersLearnInModeFull() throws Exception {
        Shell.Result made = shell.type(
                "finetune",
                "--base",
                "mnist-lenet",
                "--data",
                SHAPES,
                "--name",
                "whole",
                "--mode",
                "full",
                "--epochs",
                "2");
        assertEquals(0, made.exitCode(), made.err());
        assertTrue(made.err().contains("Epoch 2 of 2: loss "), made.err());
        Path run = folder.resolve("runs/whole");
        String recipe = Files.readString(run.resolve("recipe.json"));
        assertTrue(recipe.contains("\"mode\" : \"full\"") && recipe.contains("at most 2 epochs"), recipe);
        assertEquals(3, Files.readAllLines(run.resolve("history.csv")).size());
        assertTrue(Files.readString(run.resolve("model/README.md")).contains("--mode full --epochs 2"));
        assertEquals(0, shell.type("verify", "runs/whole").exitCode());
        assertFalse(shell.type("cache", "list").out().contains(".tuning"), "checkpoints go when the run is written");
    }

    @Test
    void settingsOfOtherModesAreRefused() {
        for (List<String> wrong :
                List.of(List.of("--epochs", "3"), List.of("--mode", "best"), List.of("--mode", "full", "--lr", "0"))) {
            List<String> words =
                    new ArrayList<>(List.of("finetune", "--base", "mnist-lenet", "--data", SHAPES, "--name", "wrong"));
            words.addAll(wrong);
            assertEquals(2, shell.type(words.toArray(String[]::new)).exitCode(), wrong.toString());
        }
    }

    @Test
    void aSizeOrANumberOfViewsBelow1IsRefusedByTheNameOfItsOption() {
        for (String option : List.of("--size", "--views")) {
            Shell.Result refused = shell.type("finetune", "--base", "mnist-lenet", "--data", SHAPES, option, "0");
            assertEquals(2, refused.exitCode());
            assertEquals("error: " + option + " is at least 1, not 0.\n", refused.err());
        }
    }

    @Test
    void aStageIsPrintedOnceEvenIfItRunsTwice() {
        StringWriter err = new StringWriter();
        Host host = new Host(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                Map.of(),
                folder,
                Optional.empty(),
                Set.of(),
                80);
        Output output = new Output(host, Output.OutputFormat.TEXT, Progress.ProgressFormat.AUTO);
        try (ExitGate gate = ExitGate.open();
                FinetuneProgress progress = new FinetuneProgress(output, gate)) {
            for (String stage : List.of("Trying", "Trying", "Learning")) {
                progress.stage(stage);
            }
        }
        assertEquals(
                List.of("Trying ...", "Learning ..."), err.toString().lines().toList());
    }

    @Test
    void anAccuracyBelowTheMinimumExitsWith8AndWritesEverything() throws Exception {
        Path noise = folder.resolve("noise");
        Random random = new Random(1);
        for (String kind : List.of("one", "other")) {
            Files.createDirectories(noise.resolve(kind));
            for (int i = 0; i < 20; i++) {
                BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
                for (int k = 0; k < 28 * 28; k++) {
                    picture.setRGB(k % 28, k / 28, random.nextInt(0x1000000));
                }
                ImageIO.write(
                        picture, "png", noise.resolve(kind).resolve(i + ".png").toFile());
            }
        }
        Shell.Result made = shell.type(
                "finetune", "--base", "mnist-logistic", "--data", "noise", "--name", "low", "--min-accuracy", "0.99");
        assertEquals(8, made.exitCode(), made.err());
        assertTrue(made.err().contains("below --min-accuracy 0.99."), made.err());
        assertTrue(Files.exists(folder.resolve("runs/low/report/index.html")));
        Shell.Result impossible = shell.type(
                "finetune", "--base", "mnist-logistic", "--data", "noise", "--name", "over", "--min-accuracy", "99");
        assertEquals(2, impossible.exitCode());
    }

    @Test
    void whatCannotBeDoneIsRefusedInWordsAndLeavesNothing() throws Exception {
        assertEquals(
                3,
                shell.type("finetune", "--base", "no-such", "--data", SHAPES, "--name", "x")
                        .exitCode());
        assertEquals(
                3,
                shell.type("finetune", "--base", "mnist-lenet", "--data", "no-such", "--name", "x")
                        .exitCode());
        Shell.Result numbers =
                shell.type("finetune", "--base", "airline-lstm", "--data", SHAPES, "--name", "x", "--json");
        assertEquals(7, numbers.exitCode(), numbers.err());
        assertEquals("BAD_INPUT", numbers.code());
        assertTrue(numbers.err().contains("which is not a picture"), numbers.err());
        assertEquals(
                7,
                shell.type("finetune", "--base", "mnist-lenet", "--data", SHAPES + "/ring", "--name", "x")
                        .exitCode());
        assertEquals(
                2,
                shell.type("finetune", "--base", "mnist-lenet", "--data", SHAPES, "--name", "No Name")
                        .exitCode());
        Shell.Result taken = shell.type("finetune", "--base", "mnist-lenet", "--data", SHAPES, "--name", "mnist-mlp");
        assertEquals(2, taken.exitCode());
        assertTrue(taken.err().contains("'mnist-mlp' is the name of a model of the zoo"), taken.err());
        assertFalse(Files.exists(folder.resolve("runs/x")));
    }
}
