package dev.jzoo.zoo.card;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The model card in the {@code metadata_props} of an {@code .onnx} file. {@code jzoo.card} holds the complete card as JSON. The
 * other keys repeat some of its fields for readers that do not know JZoo.
 */
public final class CardMetadata {

    /** The key of the complete {@link ModelCard} as JSON. */
    public static final String CARD = "jzoo.card";

    /** The key of the labels, a JSON array in the order of the output. */
    public static final String LABELS = "labels";

    /** The key of the task's name, {@link Task#id()}. */
    public static final String TASK = "task";

    /** The key of the licence's SPDX identifier. */
    public static final String LICENCE = "license";

    /** The key of the digest of {@code recipe.json}. */
    public static final String RECIPE = "recipe.sha256";

    /** The key of the digests of the data sets, "name=digest", separated by commas. */
    public static final String DATA = "data.sha256";

    private CardMetadata() {}

    /** Returns the metadata that describes a card. */
    public static SortedMap<String, String> of(ModelCard card) {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put(CARD, Json.metadata(card));
        metadata.put(TASK, card.task().id());
        metadata.put(LICENCE, card.licence());
        metadata.put(RECIPE, card.recipe().sha256().hex());
        metadata.put(
                DATA, card.data().stream().map(d -> d.name() + "=" + d.sha256()).collect(Collectors.joining(",")));
        if (!card.labels().isEmpty()) {
            metadata.put(LABELS, Json.metadata(card.labels()));
        }
        return metadata;
    }

    /**
     * Returns the card in a file's metadata; empty if the file has none because JZoo did not make it.
     *
     * @param source the file's name, for messages
     * @throws DataFormatException if there is a card and it is not readable
     */
    public static Optional<ModelCard> read(String source, Map<String, String> metadata) throws DataFormatException {
        String card = metadata.get(CARD);
        return card == null
                ? Optional.empty()
                : Optional.of(Json.parse(source + ", metadata " + CARD, card, ModelCard.class));
    }
}
