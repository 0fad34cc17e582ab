package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of a user's recipe in its own package and class folder, found through {@link java.util.ServiceLoader}. */
class OwnRecipeTest {

    private static final String TYPE = "com.example.moons.TwoMoons";

    @TempDir
    static Path folder;

    private static Shell shell;
    private static ClassLoader before;
    private static URLClassLoader loader;

    @BeforeAll
    static void compile() throws Exception {
        shell = Shell.in(folder);
        Path source = folder.resolve("TwoMoons.java");
        try (InputStream in = OwnRecipeTest.class.getResourceAsStream("/own-recipe/TwoMoons.java")) {
            Files.copy(in, source);
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", classes.toString(), "-proc:none");
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertTrue(compiled, complaints.toString());
        }
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(Recipe.class.getName()), TYPE + "\n");
        before = Thread.currentThread().getContextClassLoader();
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterAll
    static void restore() throws Exception {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private static JsonNode recipe(String run) throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve("runs")
                        .resolve(run)
                        .resolve("recipe.json")
                        .toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void itIsTrainedVerifiedAndResumedAsAnyOther(String engine) throws Exception {
        assertEquals(TYPE, Recipes.get("two-moons").getClass().getName());
        Shell.Result trained = shell.type("train", "two-moons", "--engine", engine, "--name", engine, "--json");
        assertEquals(0, trained.exitCode(), trained.err());
        assertTrue(trained.json().at("/metrics/train.mse").asDouble() < 0.3, trained.out());
        assertEquals(0, shell.type("verify", "runs/" + engine).exitCode());
        Shell.Result against =
                shell.type("verify", "runs/" + engine + "/model/model.onnx", "--against", "runs/" + engine);
        assertEquals(0, against.exitCode(), against.out() + against.err());
        String page = Files.readString(folder.resolve("runs/" + engine + "/report/index.html"));
        assertTrue(page.contains("training loss") && page.contains("dense 16"), "a page that nobody wrote");
        Shell.Result again = shell.type("train", "--resume", "runs/" + engine);
        assertEquals(0, again.exitCode(), again.err());
    }

    @Test
    void itsSettingsAreOverriddenRecordedAndKept() throws Exception {
        Shell.Result trained = shell.type(
                "train",
                "two-moons",
                "--name",
                "changed",
                "--epochs",
                "2",
                "--optimizer",
                "nesterov",
                "--schedule",
                "cosine",
                "--weight-decay",
                "1e-3",
                "--dropout",
                "0",
                "--init",
                "lecun");
        assertEquals(0, trained.exitCode(), trained.err());
        JsonNode recipe = recipe("changed");
        assertEquals("2 -> dense 16 -> ReLU -> dense 1", recipe.get("network").asText());
        assertEquals(
                "stochastic gradient descent with Nesterov momentum 0.9, weight decay 0.001; learning rate cosine to 0",
                recipe.get("optimizer").asText());
        assertEquals(
                "by the seed, the same in every engine: LeCun normal, biases 0",
                recipe.get("initialisation").asText());
        assertEquals(
                "{\"dropout\":\"0.0\",\"init\":\"lecun\",\"optimizer\":\"nesterov\",\"schedule\":\"cosine\",\"weight-decay\":\"0.001\"}",
                recipe.at("/hyperparameters/overrides").toString());
        String card = Files.readString(folder.resolve("runs/changed/model/README.md"));
        assertTrue(
                card.contains(
                        "jzoo train two-moons --engine djl --epochs 2 --seed 1 --optimizer nesterov --schedule cosine"
                                + " --weight-decay 0.001 --dropout 0.0 --init lecun"),
                card);
        // A resumed run must have exactly the same recipe.
        Shell.Result again = shell.type("train", "--resume", "runs/changed");
        assertEquals(0, again.exitCode(), again.err());
        Shell.Result against = shell.type("verify", "runs/changed/model/model.onnx", "--against", "runs/changed");
        assertEquals(0, against.exitCode(), against.out() + against.err());
        Shell.Result other = shell.type("train", "--resume", "runs/changed", "--optimizer", "sgd");
        assertEquals(2, other.exitCode(), other.err());
    }

    @Test
    void whatARecipeOrAnEngineDoesNotHaveIsRefusedBeforeAnythingIsWritten() {
        Shell.Result pictures = shell.type("train", "two-moons", "--augment", "flip", "--name", "refused");
        assertEquals(2, pictures.exitCode());
        assertEquals(
                "error: The recipe two-moons has no pictures to change at random. Omit --augment, or choose"
                        + " another recipe.\n",
                pictures.err());
        Shell.Result dropout = shell.type("train", "airline-lstm", "--dropout", "0.5", "--name", "refused");
        assertEquals(2, dropout.exitCode());
        assertTrue(dropout.err().contains("airline-lstm has no dropout"), dropout.err());
        Shell.Result momentum =
                shell.type("train", "airline-lstm", "--engine", "dl4j", "--optimizer", "momentum", "--name", "refused");
        assertEquals(2, momentum.exitCode());
        assertTrue(momentum.err().contains("--optimizer nesterov"), momentum.err());
        Shell.Result unknown = shell.type("train", "airline-lstm", "--schedule", "linear", "--name", "refused");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("one-cycle"), unknown.err());
        assertTrue(Files.notExists(folder.resolve("runs/refused")));
    }
}
