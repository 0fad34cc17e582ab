package dev.jzoo.training.recipe;

import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.training.History;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.card.ModelCard;

/**
 * The results of a run, for its page.
 *
 * @param run the run, which has ended; the model's folder has been written
 * @param card the card of its model, with the metrics
 * @param history its epochs
 * @param file the exported network
 */
public record RunPage(TrainingRun run, ModelCard card, History history, OnnxFile file) {

    /** Returns a metric of the model. Fails with IllegalArgumentException if the model does not have it. */
    public double metric(String name) {
        Double value = card.metrics().get(name);
        if (value == null) {
            throw new IllegalArgumentException("The model has no metric '" + name + "'; it has "
                    + card.metrics().keySet() + ".");
        }
        return value;
    }

    /** Draws the learning rate. */
    public Figure learningRate() {
        return LineChart.ofEpochs("learning rate")
                .line("learning rate", history.learningRates())
                .figure("Learning rate at the end of each epoch.");
    }
}
