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
 * A model's card as {@code README.md}: front matter in YAML with the keys that Hugging Face reads, then pages for people.
 *
 * <p>Front matter has one key a line, and each value is JSON, which is YAML too; so it is read back here without a YAML
 * library. The key {@code jzoo} holds the whole {@link ModelCard} with every digit of its metrics, and is the only one that is
 * read; all else is for people, and rounded.
 *
 * @see <a href="https://huggingface.co/docs/hub/model-cards">Hugging Face, model cards</a>
 */
public final class CardPage {

    private static final int LONGEST = 64 << 20;
    private static final String FENCE = "---";
    private static final String CARD = "jzoo: ";

    private CardPage() {}

    /** The page of a card; equal cards give equal text. */
    public static String markdown(ModelCard card) {
        StringBuilder page = new StringBuilder(FENCE).append('\n');
        frontMatter(card).forEach((key, value) -> page.append(key)
                .append(": ")
                .append(Json.compact(value))
                .append('\n'));
        return page.append(FENCE).append("\n\n").append(CardText.of(card)).toString();
    }

    /**
     * The card of a page.
     *
     * @param source the file's name, for the message
     * @throws DataFormatException where the page has no front matter, or it has no readable card
     */
    public static ModelCard parse(String source, String markdown) throws DataFormatException {
        List<String> lines = markdown.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FENCE)) {
            throw new DataFormatException(
                    source, "line 1: expected '" + FENCE + "', the beginning of the front matter.");
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

    /** The card of a {@code README.md}. */
    public static ModelCard read(Path file) throws IOException {
        return parse(file.toString(), PlainText.read(file, LONGEST));
    }

    private static Map<String, Object> frontMatter(ModelCard card) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("license", card.licence().toLowerCase(Locale.ROOT)); // Hugging Face lowers SPDX identifiers
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
     * The data set that a metric is of: "test.accuracy" is of the one whose name ends with "test", "validation.accuracy"
     * without one of its own is of what was kept of "train", and any other is of the last.
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
