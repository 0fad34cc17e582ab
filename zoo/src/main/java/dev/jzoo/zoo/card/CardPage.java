package dev.jzoo.zoo.card;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A model's card as {@code README.md}: YAML front matter with the keys that Hugging Face reads, then text for people.
 *
 * <p>The front matter has one key a line, and each value is JSON, which is valid YAML. So this class reads it without a YAML
 * library. It reads only the key {@code jzoo}, which holds the complete {@link ModelCard} with every digit of its metrics.
 * Everything else is for people, with rounded numbers.
 *
 * @see <a href="https://huggingface.co/docs/hub/model-cards">Hugging Face, model cards</a>
 */
public final class CardPage {

    private static final int LONGEST = 64 << 20;
    private static final String FENCE = "---";
    private static final String CARD = "jzoo: ";

    private CardPage() {}

    /** Returns the page of a card. Equal cards give equal text. */
    public static String markdown(ModelCard card) {
        StringBuilder page = new StringBuilder(FENCE).append('\n');
        frontMatter(card).forEach((key, value) -> page.append(key)
                .append(": ")
                .append(Json.compact(value))
                .append('\n'));
        return page.append(FENCE).append("\n\n").append(CardText.of(card)).toString();
    }

    /**
     * Reads the card of a page.
     *
     * @param source the file's name, for messages
     * @throws DataFormatException if the page has no front matter, or the front matter has no readable card
     */
    public static ModelCard parse(String source, String markdown) throws DataFormatException {
        List<String> lines = markdown.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FENCE)) {
            throw new DataFormatException(source, "line 1: expected '" + FENCE + "', the start of the front matter.");
        }
        for (int i = 1; i < lines.size() && !lines.get(i).equals(FENCE); i++) {
            if (lines.get(i).startsWith(CARD)) {
                return Json.parse(
                        source + ", front matter on line " + (i + 1),
                        lines.get(i).substring(CARD.length()),
                        ModelCard.class);
            }
        }
        throw new DataFormatException(source, "the front matter has no line that begins with '" + CARD + "'.");
    }

    /** Reads the card of a {@code README.md}. */
    public static ModelCard read(Path file) throws IOException {
        return parse(file.toString(), PlainText.read(file, LONGEST));
    }

    private static Map<String, Object> frontMatter(ModelCard card) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("license", card.licence().toLowerCase(Locale.ROOT)); // as on Hugging Face
        keys.put("library_name", "onnx");
        if (card.task() != Task.OTHER) {
            keys.put("pipeline_tag", card.task().id());
        }
        TreeSet<String> tags = new TreeSet<>(card.tags());
        tags.addAll(List.of("jzoo", "onnx"));
        keys.put("tags", tags);
        keys.put("model-index", List.of(modelIndex(card)));
        keys.put("jzoo", card);
        return keys;
    }

    private static Map<String, Object> modelIndex(ModelCard card) {
        Map<String, List<Object>> metricsByData = new LinkedHashMap<>();
        card.metrics().forEach((name, value) -> metricsByData
                .computeIfAbsent(dataOf(name, card), data -> new ArrayList<>())
                .add(Map.of(
                        "type",
                        name.substring(name.lastIndexOf('.') + 1),
                        "name",
                        name,
                        "value",
                        CardText.rounded(value))));
        List<Object> results = new ArrayList<>();
        metricsByData.forEach((data, metrics) -> results.add(Map.of(
                "task", Map.of("type", card.task().id()),
                "dataset", Map.of("type", slug(data), "name", data),
                "metrics", metrics)));
        return Map.of("name", card.id(), "results", results);
    }

    /**
     * Returns the data set of a metric: for "test.accuracy" the one whose name ends with "test". Without such a data set, a
     * "validation" metric belongs to "train", because validation data is split off from it, and any other metric to the last data
     * set.
     */
    private static String dataOf(String metric, ModelCard card) {
        String part = metric.contains(".") ? metric.substring(0, metric.indexOf('.')) : metric;
        List<String> names = card.data().stream().map(ModelCard.Data::name).toList();
        return named(part, names)
                .or(() -> part.equals("validation") ? named("train", names) : Optional.empty())
                .orElse(names.isEmpty() ? "unknown" : names.get(names.size() - 1));
    }

    private static Optional<String> named(String part, List<String> names) {
        return names.stream()
                .filter(name -> name.equals(part) || name.endsWith(" " + part))
                .findFirst();
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
