package dev.jzoo.training;

import dev.jzoo.export.Parity;
import dev.jzoo.zoo.card.ModelCard;
import java.nio.file.Path;

/**
 * The result of a run.
 *
 * @param run the run's folder
 * @param card the model's card, with its metrics
 * @param parity parity of ONNX Runtime with the engine
 * @param seconds duration of the run
 */
public record TrainingResult(Path run, ModelCard card, Parity parity, double seconds) {

    /** Returns the folder that is ready to publish. */
    public Path model() {
        return run.resolve("model");
    }

    /** Returns a metric of the model. Fails with IllegalArgumentException if the model does not have it. */
    public double metric(String name) {
        Double value = card.metrics().get(name);
        if (value == null) {
            throw new IllegalArgumentException(card.id() + " has no metric '" + name + "'; it has "
                    + card.metrics().keySet() + ".");
        }
        return value;
    }
}
