package dev.jzoo.training;

import dev.jzoo.zoo.AtomicFile;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import dev.jzoo.zoo.Json;
import dev.jzoo.zoo.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
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
 * checkpoints/last.*        weights after the last epoch, in the engine's own format
 * checkpoints/best.*        weights after the epoch with the lowest loss
 * model/                    ready to publish: see {@link ModelFolder}
 * report/index.html         curves and pictures
 * </pre>
 */
public final class RunFolder {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

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
        String stem = name + "-" + LocalDateTime.now().format(TIME);
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

    /** The folder of the report. */
    public Path report() {
        return path.resolve("report");
    }

    /** Writes {@code recipe.json}. Returns its digest. */
    public Sha256 writeRecipe(RecipeFile recipe) throws IOException {
        String json = Json.pretty(recipe);
        AtomicFile.write(path.resolve("recipe.json"), json);
        return Sha256.of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@code recipe.json}.
     *
     * @throws JZooException {@link Code#NOT_FOUND} where there is none, so that this is no folder of a run
     */
    public RecipeFile recipe() throws IOException {
        Path file = path.resolve("recipe.json");
        if (!Files.isRegularFile(file)) {
            throw new JZooException(
                    Code.NOT_FOUND,
                    Files.isDirectory(path)
                            ? "The folder " + path + " has no recipe.json."
                            : "There is no folder " + path + ".",
                    "Name the folder of a training run.");
        }
        return Json.read(file, RecipeFile.class);
    }

    /** Writes {@code history.csv}. */
    public void writeHistory(History history) throws IOException {
        AtomicFile.write(path.resolve("history.csv"), history.csv());
    }

    /** Writes {@code metrics.json}. */
    public void writeMetrics(Map<String, Double> metrics) throws IOException {
        AtomicFile.write(path.resolve("metrics.json"), Json.pretty(new TreeMap<>(metrics)));
    }

    /** Saves weights to a file. */
    @FunctionalInterface
    public interface Saver {
        void save(Path file) throws IOException;
    }

    /** Writes a checkpoint, which replaces the one of that name when it is whole. */
    public void checkpoint(String name, Saver saver) throws IOException {
        Path file = path.resolve("checkpoints").resolve(name);
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(name + ".part");
        saver.save(part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The checkpoint after the last epoch, which the model was exported from. A {@link SeedSweep} has that of the seed whose
     * model it kept.
     *
     * @throws JZooException {@link Code#NOT_FOUND} where there is none
     */
    public Path lastCheckpoint() throws IOException {
        Path kept = path.resolve("seed-" + recipe().hyperparameters().seed());
        for (Path run : List.of(path, kept)) {
            Path checkpoints = run.resolve("checkpoints");
            if (Files.isDirectory(checkpoints)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(checkpoints, "last.{params,zip}")) {
                    for (Path file : found) {
                        return file;
                    }
                }
            }
        }
        throw new JZooException(
                Code.NOT_FOUND,
                "The run " + path + " has no weights: there is no checkpoints/last.params or .zip in it.",
                "Name the folder that 'jzoo train' filled, not the model's own.");
    }
}
