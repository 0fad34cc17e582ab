package dev.jzoo.inference;

import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.util.Optional;

/**
 * An open model with the API of one task. Holds native memory until it is closed; threads may share it, as they may an {@link
 * OnnxModel}. A task of your own extends this class, and a {@link TaskLoader} opens it by name or path.
 */
public abstract class TaskModel implements AutoCloseable {

    private final OnnxModel model;

    /** Takes over an open model, which is closed with this one. */
    protected TaskModel(OnnxModel model) {
        this.model = model;
    }

    /**
     * Returns the card; empty where somebody else made the file.
     *
     * @throws JZooException BAD_INPUT where it cannot be read, and the task did without it so far
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

    /** Returns the model underneath, which belongs to this one: for its ports, metadata and device. */
    public final OnnxModel model() {
        return model;
    }

    /** Closes the model, as {@link OnnxModel#close()}. */
    @Override
    public final void close() {
        model.close();
    }
}
