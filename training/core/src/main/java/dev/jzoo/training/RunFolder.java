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
 * recipe.json               what was done: every setting, and the data with their digests
 * history.csv               a row for each epoch
 * metrics.json              what the model reaches, measured through ONNX Runtime
 * checkpoints/last.zip      all that the next epoch depends on: the run can be resumed
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

    /** A folder of that name, created when first written to. */
    public static RunFolder at(Path path) {
        return new RunFolder(path);
    }

    /** A new folder {@code <name>-<time>} below another. */
    public static RunFolder create(Path parent, String name) {
        String stem = name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
        Path path = parent.resolve(stem);
        for (int i = 2; Files.exists(path); i++) {
            path = parent.resolve(stem + "-" + i);
        }
        return new RunFolder(path);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The folder that is ready to publish. */
    public Path model() {
        return path.resolve("model");
    }

    /** The folder of the checkpoints. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** The folder of the report. */
    public Path report() {
        return path.resolve("report");
    }

    /**
     * Writes {@code recipe.json}, at the beginning of a run. Returns its digest.
     *
     * @throws JZooException {@link Code#FAILED} where the folder has a run that was begun otherwise: with another recipe,
     *     engine, setting or data
     */
    public Sha256 writeRecipe(RecipeFile recipe) throws IOException {
        String json = Json.pretty(recipe);
        Path file = path.resolve(RECIPE);
        if (Files.exists(file) && !Files.readString(file).equals(json)) {
            throw new JZooException(
                    Code.FAILED,
                    path + " has a run of another kind: " + RECIPE + " differs in " + recipe.difference(recipe()) + ".",
                    "Name another folder, or resume the run as it was begun.");
        }
        return writeRecipe(json);
    }

    /** Writes {@code recipe.json} of a run that no recipe made, as JSON, over one that is there. Returns its digest. */
    public Sha256 writeRecipe(String json) throws IOException {
        AtomicFile.write(path.resolve(RECIPE), json);
        return Sha256.of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@code recipe.json}. Fails as {@link #recipeFile()} does.
     *
     * @throws JZooException {@link Code#BAD_INPUT} where the run was made without a recipe, by fine-tuning for instance
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
                                    : "") + ": a training run was expected.",
                    "Only a run of 'jzoo train' can be resumed or compared with its network. Repeat the command that made it instead.");
        }
        return Json.read(file, RecipeFile.class);
    }

    /**
     * The path of {@code recipe.json}.
     *
     * @throws JZooException {@link Code#NOT_FOUND} where there is none, so that this is not the folder of a run
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

    /** Writes {@code report/index.html}, in place of one that is there. Returns the file. */
    public Path writeReport(Report page) throws IOException {
        Path file = report().resolve("index.html");
        AtomicFile.write(file, page.html());
        return file;
    }

    /**
     * The weights that the model was exported from, in the engine's own format. A {@link SeedSweep} has those of the seed
     * whose model it kept.
     *
     * @throws JZooException {@link Code#NOT_FOUND} where there is none
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
                "Name the folder that 'jzoo train' filled, not the model's own.");
    }
}
