package dev.jzoo.training;

import dev.jzoo.export.Parity;
import dev.jzoo.zoo.card.ModelCard;
import java.nio.file.Path;

/**
 * What a run gave.
 *
 * @param run folder of the run
 * @param card of the model, with its metrics
 * @param parity ONNX Runtime against the engine
 * @param seconds from the beginning of the run to its end
 */
public record TrainingResult(Path run, ModelCard card, Parity parity, double seconds) {

    /** The folder that is ready to publish. */
    public Path model() {
        return run.resolve("model");
    }

    /** A metric of the model. Fails with IllegalArgumentException for one that it does not have. */
    public double metric(String name) {
        Double value = card.metrics().get(name);
        if (value == null) {
            throw new IllegalArgumentException(card.id() + " has no metric '" + name + "'; it has "
                    + card.metrics().keySet() + ".");
        }
        return value;
    }
}
