package dev.jzoo.inference;

import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.util.Optional;

/**
 * An open model with the API of one task. Holds native memory until it is closed. Like an {@link OnnxModel}, it can be
 * shared by threads. To add your own task, extend this class and open it with a {@link TaskLoader}, by name or path.
 */
public abstract class TaskModel implements AutoCloseable {

    private final OnnxModel model;

    /** Wraps an open model, which is closed with this one. */
    protected TaskModel(OnnxModel model) {
        this.model = model;
    }

    /**
     * Returns the card; empty for files from other sources.
     *
     * @throws JZooException BAD_INPUT if the card is malformed, and the task did not need it so far
     */
    public final Optional<ModelCard> card() {
        try {
            return model.card();
        } catch (DataFormatException e) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    String.valueOf(e.getMessage()),
                    "Correct the card in the file's metadata.",
                    e);
        }
    }

    /** Returns the underlying model, for its ports, metadata and device. Do not close it. */
    public final OnnxModel model() {
        return model;
    }

    /** Closes the model; see {@link OnnxModel#close()}. */
    @Override
    public final void close() {
        model.close();
    }
}
