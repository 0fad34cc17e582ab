package dev.jzoo.inference.text;

import dev.jzoo.inference.Labels;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The characters that a model writes, by their numbers. They are the labels of its card, one character each. */
final class Alphabet {

    private final List<String> characters;
    private final Map<String, Integer> ids;

    private Alphabet(List<String> characters) {
        this.characters = List.copyOf(characters);
        ids = IntStream.range(0, characters.size())
                .boxed()
                .collect(Collectors.toMap(characters::get, Function.identity()));
    }

    /**
     * Reads the labels of a model.
     *
     * @param probabilities its output float [batch, time, characters]
     * @throws DataFormatException if there are none, if they are not distinct characters, or if their number differs from
     *     the output's
     */
    static Alphabet of(OnnxModel model, Port probabilities) throws DataFormatException {
        List<String> labels = labels(model);
        if (labels.isEmpty() || labels.stream().anyMatch(label -> label.length() != 1)) {
            throw new DataFormatException(
                    model.name(),
                    "expected the characters that it writes as labels in its metadata (" + CardMetadata.CARD + " or "
                            + CardMetadata.LABELS + "), one character each, found " + labels);
        }
        if (labels.stream().distinct().count() != labels.size()
                || !probabilities.shape().get(2).accepts(labels.size())) {
            throw new DataFormatException(
                    model.name(),
                    "expected a different character for each class, found " + labels.size() + " labels, "
                            + labels.stream().distinct().count() + " of them distinct, for " + probabilities);
        }
        return new Alphabet(labels);
    }

    private static List<String> labels(OnnxModel model) throws DataFormatException {
        Optional<ModelCard> card = model.card();
        if (card.isPresent() && !card.get().labels().isEmpty()) {
            return card.get().labels();
        }
        return Labels.stored(model).orElse(List.of());
    }

    int size() {
        return characters.size();
    }

    String character(int id) {
        return characters.get(id);
    }

    boolean has(String character) {
        return ids.containsKey(character);
    }

    /** Returns all characters in the order of their numbers. */
    @Override
    public String toString() {
        return String.join("", characters);
    }

    /** Returns the numbers of a text's characters. Fails with IllegalArgumentException naming each unknown character. */
    long[] encode(String text) {
        String unknown = text.chars()
                .distinct()
                .mapToObj(c -> String.valueOf((char) c))
                .filter(c -> !has(c))
                .map(c -> "'" + c + "' (U+%04X)".formatted((int) c.charAt(0)))
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("The prompt contains characters that the model does not know: " + unknown
                    + ". It knows " + size() + ": " + Json.compact(toString()) + ".");
        }
        return text.chars().mapToLong(c -> ids.get(String.valueOf((char) c))).toArray();
    }
}
