package dev.jzoo.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.report.Report;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of one training run.
 *
 * <pre>
 * recipe.json               every setting of the run, and the data with their digests
 * history.csv               a row per epoch
 * metrics.json              the model's metrics, measured in ONNX Runtime
 * checkpoints/last.zip      everything that the next epoch depends on, to resume the run
 * checkpoints/best.*        weights of the best epoch so far, in the engine's own format
 * checkpoints/model.*       weights of the model, in the engine's own format
 * model/                    ready to publish: see {@link ModelFolder}
 * report/index.html         curves and pictures
 * </pre>
 */
public final class RunFolder {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private static final String RECIPE = "recipe.json";

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /** Returns a folder with that path, which is created when it is first written to. */
    public static RunFolder at(Path path) {
        return new RunFolder(path);
    }

    /** Returns a new folder {@code <name>-<time>} in another one. */
    public static RunFolder create(Path parent, String name) {
        String stem = name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
        Path path = parent.resolve(stem);
        for (int i = 2; Files.exists(path); i++) {
            path = parent.resolve(stem + "-" + i);
        }
        return new RunFolder(path);
    }

    /** Returns its path. */
    public Path path() {
        return path;
    }

    /** Returns the folder that is ready to publish. */
    public Path model() {
        return path.resolve("model");
    }

    /** Returns the folder of the checkpoints. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** Returns the folder of the report. */
    public Path report() {
        return path.resolve("report");
    }

    /**
     * Writes {@code recipe.json}, at the beginning of a run. Returns its digest.
     *
     * @throws JZooException {@link Code#FAILED} if the folder contains a run with another recipe, engine, setting or
     *     data
     */
    public Sha256 writeRecipe(RecipeFile recipe) throws IOException {
        String json = Json.pretty(recipe);
        Path file = path.resolve(RECIPE);
        if (Files.exists(file) && !Files.readString(file).equals(json)) {
            throw new JZooException(
                    Code.FAILED,
                    path + " contains a different run: its " + RECIPE + " differs in " + recipe.difference(recipe())
                            + ".",
                    "Name another folder, or resume the run with its own settings.");
        }
        return writeRecipe(json);
    }

    /** Writes {@code recipe.json} of a run without a recipe, as JSON, replacing an existing one. Returns its digest. */
    public Sha256 writeRecipe(String json) throws IOException {
        AtomicFile.write(path.resolve(RECIPE), json);
        return Sha256.of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@code recipe.json}. Fails like {@link #recipeFile()}.
     *
     * @throws JZooException {@link Code#BAD_INPUT} if the run was made without a recipe, for example by fine-tuning
     */
    public RecipeFile recipe() throws IOException {
        Path file = recipeFile();
        JsonNode tree = Json.read(file, JsonNode.class);
        if (!tree.has("recipe")) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    path + " is a run without a recipe"
                            + (tree.has("kind")
                                    ? ", made by " + tree.get("kind").asText()
                                    : "") + "; expected: a run of 'jzoo train'.",
                    "Only a run of 'jzoo train' can be resumed or compared with its network. Repeat the command that made this run instead.");
        }
        return Json.read(file, RecipeFile.class);
    }

    /**
     * Returns the path of {@code recipe.json}.
     *
     * @throws JZooException {@link Code#NOT_FOUND} if it does not exist, so this is not the folder of a run
     */
    public Path recipeFile() {
        Path file = path.resolve(RECIPE);
        if (!Files.isRegularFile(file)) {
            throw new JZooException(
                    Code.NOT_FOUND,
                    Files.isDirectory(path)
                            ? "The folder " + path + " has no recipe.json."
                            : "There is no folder " + path + ".",
                    "Name the folder of a training run.");
        }
        return file;
    }

    /** Writes {@code history.csv}. */
    public void writeHistory(History history) throws IOException {
        AtomicFile.write(path.resolve("history.csv"), history.csv());
    }

    /** Writes {@code metrics.json}. */
    public void writeMetrics(Map<String, Double> metrics) throws IOException {
        AtomicFile.write(path.resolve("metrics.json"), Json.pretty(new TreeMap<>(metrics)));
    }

    /** Writes {@code report/index.html}, replacing an existing one. Returns the file. */
    public Path writeReport(Report page) throws IOException {
        Path file = report().resolve("index.html");
        AtomicFile.write(file, page.html());
        return file;
    }

    /**
     * Returns the file of the weights that the model was exported from, in the engine's own format. For a {@link
     * SeedSweep}, these are the weights of the seed whose model it kept.
     *
     * @throws JZooException {@link Code#NOT_FOUND} if there are none
     */
    public Path weights() throws IOException {
        Path kept = path.resolve("seed-" + recipe().hyperparameters().seed());
        for (Path run : List.of(path, kept)) {
            Path checkpoints = run.resolve("checkpoints");
            if (Files.isDirectory(checkpoints)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(checkpoints, "model.*")) {
                    for (Path file : found) {
                        return file;
                    }
                }
            }
        }
        throw new JZooException(
                Code.NOT_FOUND,
                "The run " + path
                        + " has no weights: it has no file checkpoints/model.*, such as checkpoints/model.params.",
                "Name the run's folder, not the model's folder in it.");
    }
}
