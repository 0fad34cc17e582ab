package dev.jzoo.training.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.training.History;
import dev.jzoo.training.RunFolder;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run read from its folder: a training run, a sweep over seeds or a fine-tuning run, of this version or an older one.
 * An interrupted run has no metrics. A fine-tuning run in mode head has no epochs.
 *
 * @param folder the run's folder
 * @param settings the settings in {@code recipe.json}, in its order, by names such as "learningRate" and "head.decay"
 * @param history the epochs; for a sweep, those of the seed whose model it kept
 * @param metrics the metrics of the model
 */
public record StoredRun(Path folder, Map<String, String> settings, History history, SortedMap<String, Double> metrics) {

    public StoredRun {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /**
     * Reads a run.
     *
     * @throws dev.jzoo.zoo.error.JZooException NOT_FOUND if the folder does not contain a run
     * @throws DataFormatException naming the file that cannot be read
     */
    public static StoredRun read(Path folder) throws IOException {
        Path recipe = RunFolder.at(folder).recipeFile();
        Map<String, String> settings = StoredSettings.of(recipe.toString(), Json.read(recipe, JsonNode.class));
        return new StoredRun(folder, settings, history(folder, settings), metrics(folder.resolve("metrics.json")));
    }

    private static History history(Path folder, Map<String, String> settings) throws IOException {
        Path kept = folder.resolve("seed-" + settings.getOrDefault("seed", ""));
        for (Path run : List.of(folder, kept)) {
            Path file = run.resolve("history.csv");
            if (Files.isRegularFile(file)) {
                return History.parse(file.toString(), Files.readString(file));
            }
        }
        return new History(List.of());
    }

    private static SortedMap<String, Double> metrics(Path file) throws IOException {
        SortedMap<String, Double> metrics = new TreeMap<>();
        if (Files.isRegularFile(file)) {
            for (Map.Entry<String, JsonNode> metric :
                    Json.read(file, JsonNode.class).properties()) {
                if (!metric.getValue().isNumber()) {
                    throw new DataFormatException(
                            file.toString(),
                            "expected a number for '" + metric.getKey() + "', found " + metric.getValue());
                }
                metrics.put(metric.getKey(), metric.getValue().asDouble());
            }
        }
        return metrics;
    }
}
