package dev.jzoo.inference;

import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.error.DataFormatException;
import java.util.List;
import java.util.Optional;

/** A model's task, from its card or guessed from its inputs and outputs. */
public final class TaskGuess {

    private TaskGuess() {}

    /**
     * Returns the task, or {@link Task#OTHER} if neither the card nor the inputs and outputs determine it. Without a card,
     * uint8 [N, height, width, channels] is a classifier of pictures, int64 [batch, time] with labels is a text generator,
     * and float [batch, values] to float [batch, 1] is a regressor. Such a model may also be a {@link
     * dev.jzoo.inference.series.Forecaster}, whose row is the end of a series; only the card or the caller knows.
     *
     * @throws DataFormatException if the card is malformed
     */
    public static Task of(OnnxModel model) throws DataFormatException {
        Optional<ModelCard> card = model.card();
        return card.isPresent()
                ? card.get().task()
                : of(model.inputs(), model.outputs(), model.metadata().containsKey(CardMetadata.LABELS));
    }

    private static Task of(List<Port> inputs, List<Port> outputs, boolean labelled) {
        if (inputs.isEmpty()) {
            return Task.OTHER;
        }
        Port input = inputs.get(0);
        if (input.type() == ElementType.UINT8 && input.shape().size() == 4) {
            return Task.IMAGE_CLASSIFICATION;
        }
        if (input.type() == ElementType.INT64 && input.shape().size() == 2 && labelled) {
            return Task.TEXT_GENERATION;
        }
        boolean rows = input.type() == ElementType.FLOAT
                && input.shape().size() == 2
                && inputs.size() == 1
                && outputs.size() == 1
                && outputs.get(0).shape().size() == 2
                && outputs.get(0).shape().get(1).fixedSize().orElse(0) == 1;
        return rows ? Task.TABULAR_REGRESSION : Task.OTHER;
    }
}
