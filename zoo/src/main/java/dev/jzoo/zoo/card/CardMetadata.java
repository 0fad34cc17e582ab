package dev.jzoo.zoo.card;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The card as it travels in the {@code metadata_props} of an {@code .onnx} file. {@code jzoo.card} holds all of it as
 * JSON; the other keys repeat what readers without knowledge of JZoo look for.
 */
public final class CardMetadata {

    /** The whole {@link ModelCard} as JSON. */
    public static final String CARD = "jzoo.card";

    /** The labels as a JSON array, in the order of the output. */
    public static final String LABELS = "labels";

    /** The task's name, {@link Task#id()}. */
    public static final String TASK = "task";

    /** SPDX identifier of the licence. */
    public static final String LICENCE = "license";

    /** Digest of {@code recipe.json}. */
    public static final String RECIPE = "recipe.sha256";

    /** Digests of the data sets, "name=digest", separated by commas. */
    public static final String DATA = "data.sha256";

    private CardMetadata() {}

    /** The metadata that describes a card. */
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
     * The card in a file's metadata; empty where the file has none, because somebody else made it.
     *
     * @param source the file's name, for the message
     * @throws DataFormatException where there is a card and it cannot be read
     */
    public static Optional<ModelCard> read(String source, Map<String, String> metadata) throws DataFormatException {
        String card = metadata.get(CARD);
        return card == null
                ? Optional.empty()
                : Optional.of(Json.parse(source + ", metadata " + CARD, card, ModelCard.class));
    }
}
