package dev.jzoo.zoo.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.jzoo.zoo.file.Sha256;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The description of a model: its purpose, origin and quality. The card is stored inside the {@code .onnx} file (see
 * {@link CardMetadata}) and as the front matter of the README next to it (see {@link CardPage}).
 *
 * @param id the model's name in the zoo: lower-case letters, digits and hyphens
 * @param version version of the published model: "1.0.0"
 * @param title a one-line title for people
 * @param summary the inputs, the outputs and the architecture; a paragraph
 * @param task the task that the model solves
 * @param labels names of the classes, in the order of the output; empty unless it classifies
 * @param series the last values of the training series, so that a forecaster can continue them; empty unless it forecasts
 * @param recipe how the model was made
 * @param data the data sets that it was trained and measured on
 * @param metrics measured figures by name, "test.accuracy" to 0.9224; fractions, not percent
 * @param licence SPDX identifier of the model's licence
 * @param tags search keywords
 * @param limits the model's limits, one sentence each
 * @param columns the meaning of the numbers in a table row; empty unless it reads rows of a table
 */
public record ModelCard(
        String id,
        String version,
        String title,
        String summary,
        Task task,
        List<String> labels,
        List<SeriesEnd> series,
        CardRecipe recipe,
        List<Data> data,
        SortedMap<String, Double> metrics,
        String licence,
        List<String> tags,
        List<String> limits,
        // Cards written before this field existed do not have it, and must keep their bytes.
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Columns> columns) {

    private static final int LONGEST_VERSION = 30;

    /**
     * The origin of a model.
     *
     * @param id name of the recipe
     * @param engine "djl" or "dl4j"
     * @param command the command that makes the model again
     * @param sha256 digest of {@code recipe.json}, which holds every hyper-parameter
     */
    public record CardRecipe(String id, String engine, String command, Sha256 sha256) {}

    /**
     * A data set that a model was trained or measured on.
     *
     * @param name name of the data set and its part: "mnist train"
     * @param sha256 digest of its content after decompression
     * @param note differences of this copy from the original; empty if there are none
     */
    public record Data(String name, Sha256 sha256, String note) {}

    /**
     * The end of the series that a forecaster was trained on.
     *
     * @param unit the unit of a value: "thousand passengers"; empty if it has none
     * @param step time between two values, ISO 8601: "P1M"; empty if the values have no times
     * @param last time of the last value: "1960-12"; empty if the values have no times
     * @param history the last values, oldest first, at least as many as the model's look-back
     */
    public record SeriesEnd(String unit, String step, String last, List<Double> history) {
        public SeriesEnd {
            history = List.copyOf(history);
        }
    }

    /**
     * The columns of a table that a model reads, and the column that it predicts.
     *
     * @param features names of the columns that it reads, in the order of its input
     * @param target name of the column that it predicts
     * @param unit the unit of a prediction: "dollars", "probability"; empty if it has none
     */
    public record Columns(List<String> features, String target, String unit) {
        public Columns {
            features = List.copyOf(features);
        }
    }

    /** Creates the card of a model that does not read a table. */
    public ModelCard(
            String id,
            String version,
            String title,
            String summary,
            Task task,
            List<String> labels,
            List<SeriesEnd> series,
            CardRecipe recipe,
            List<Data> data,
            SortedMap<String, Double> metrics,
            String licence,
            List<String> tags,
            List<String> limits) {
        this(
                id, version, title, summary, task, labels, series, recipe, data, metrics, licence, tags, limits,
                List.of());
    }

    public ModelCard {
        Identifier.require("A model's id", id);
        TextLimit.require("A version", version, LONGEST_VERSION);
        if (!version.matches("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}")) {
            throw new IllegalArgumentException("A version has three numbers, as in 1.0.0; '" + version + "' does not.");
        }
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(licence, "licence");
        labels = List.copyOf(labels);
        series = List.copyOf(series);
        data = List.copyOf(data);
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        tags = List.copyOf(tags);
        limits = List.copyOf(limits);
        columns = List.copyOf(columns);
        TextLimit.require("A card's title", title, 1_000);
        TextLimit.require("A card's summary", summary, 20_000);
        TextLimit.require("A card's licence", licence, 200);
        TextLimit.require("A card", labels, "labels", 1_000_000);
        labels.forEach(label -> TextLimit.require("A card's label", label, 2_000));
        TextLimit.require("A card", metrics.keySet(), "metrics", 10_000);
        metrics.keySet().forEach(name -> TextLimit.require("The name of a metric", name, 200));
        TextLimit.require("A card", tags, "tags", 1_000);
        tags.forEach(tag -> TextLimit.require("A card's tag", tag, 200));
        TextLimit.require("A card", limits, "limits", 1_000);
        limits.forEach(limit -> TextLimit.require("A card's limit", limit, 20_000));
        TextLimit.require("A card", data, "data sets", 1_000);
        data.forEach(set -> TextLimit.require("The name of a data set", set.name(), 1_000));
    }

    /** Returns this card with the columns of a table. */
    public ModelCard withColumns(Columns table) {
        return new ModelCard(
                id,
                version,
                title,
                summary,
                task,
                labels,
                series,
                recipe,
                data,
                metrics,
                licence,
                tags,
                limits,
                List.of(table));
    }

    /** Returns this card with other metrics. */
    public ModelCard withMetrics(Map<String, Double> measured) {
        return new ModelCard(
                id,
                version,
                title,
                summary,
                task,
                labels,
                series,
                recipe,
                data,
                new TreeMap<>(measured),
                licence,
                tags,
                limits,
                columns);
    }
}
