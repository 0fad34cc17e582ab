package dev.jzoo.inference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The names of a classifier's classes, from its card, or from a JSON array in the metadata {@code labels}, or numbers from
 * 0.
 */
public final class Labels {

    /** Largest number of classes that get numbers as names; far more than any classifier has. */
    private static final int MOST_NUMBERED = 10_000_000;

    private Labels() {}

    /**
     * Returns the labels of a model.
     *
     * @param scores its output, float [batch, classes]
     * @throws DataFormatException if it has no labels, or a different number of labels than classes
     */
    public static List<String> of(OnnxModel model, Port scores) throws DataFormatException {
        OptionalLong classes = scores.shape().get(1).fixedSize();
        Optional<List<String>> labels = model.card().map(ModelCard::labels).filter(names -> !names.isEmpty());
        if (labels.isEmpty()) {
            labels = stored(model);
        }
        if (labels.isEmpty()) {
            return numbers(model, scores, classes);
        }
        if (classes.isPresent() && classes.getAsLong() != labels.get().size()) {
            throw wrongCount(model, labels.get().size(), classes.getAsLong());
        }
        return labels.get();
    }

    private static List<String> numbers(OnnxModel model, Port scores, OptionalLong classes) throws DataFormatException {
        if (classes.isEmpty()) {
            throw new DataFormatException(
                    model.name(),
                    "expected the names of the classes in its metadata (" + CardMetadata.CARD + " or "
                            + CardMetadata.LABELS + "), or their number in its output, found neither: " + scores);
        }
        if (classes.getAsLong() < 1 || classes.getAsLong() > MOST_NUMBERED) {
            throw new DataFormatException(model.name(), "expected 1 to " + MOST_NUMBERED + " classes, found " + scores);
        }
        return IntStream.range(0, (int) classes.getAsLong())
                .mapToObj(Integer::toString)
                .toList();
    }

    /**
     * Returns the labels in the metadata of a model from any source; empty if it has none.
     *
     * @throws DataFormatException if they are not a JSON array of names
     */
    public static Optional<List<String>> stored(OnnxModel model) throws DataFormatException {
        String text = model.metadata().get(CardMetadata.LABELS);
        if (text == null) {
            return Optional.empty();
        }
        String place = model.name() + ", metadata " + CardMetadata.LABELS;
        JsonNode tree = Json.parse(place, text, JsonNode.class);
        if (!tree.isArray()) {
            throw notNames(place, tree);
        }
        List<String> labels = new ArrayList<>();
        for (JsonNode label : tree) {
            if (!label.isTextual() && !label.isNumber()) {
                throw notNames(place, label);
            }
            labels.add(label.asText());
        }
        return Optional.of(List.copyOf(labels));
    }

    private static DataFormatException notNames(String place, JsonNode found) {
        String kind = found.getNodeType().name().toLowerCase(Locale.ROOT);
        return new DataFormatException(
                place, "expected a JSON array of names, such as [\"cat\",\"dog\"], found " + kind);
    }

    private static DataFormatException wrongCount(OnnxModel model, int labels, long classes) {
        return new DataFormatException(
                model.name(),
                "expected a label for each class, found " + labels + " labels for " + classes + " classes");
    }

    /** Returns scores with their labels, best first. Fails with JZooException if a score is NaN. */
    public static Classification classification(OnnxModel model, List<String> labels, float[] scores) {
        for (float score : scores) {
            if (Float.isNaN(score)) {
                throw new JZooException(
                        JZooException.Code.BAD_INPUT,
                        model.name() + " returned a score that is not a number.",
                        "Its weights are damaged, or its training diverged.");
            }
        }
        return new Classification(IntStream.range(0, scores.length)
                .mapToObj(i -> new Label(labels.get(i), scores[i]))
                .sorted(Comparator.comparing(Label::score).reversed())
                .toList());
    }
}
