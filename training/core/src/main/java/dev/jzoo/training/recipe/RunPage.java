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
 * @param run that has ended; the model's folder was written
 * @param card of its model, with the metrics
 * @param history of its epochs
 * @param file the exported network
 */
public record RunPage(TrainingRun run, ModelCard card, History history, OnnxFile file) {

    /** Returns a metric of the model. Fails with IllegalArgumentException for one that it does not have. */
    public double metric(String name) {
        Double value = card.metrics().get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no metric '" + name + "'; there are "
                    + card.metrics().keySet() + ".");
        }
        return value;
    }

    /** Draws the learning rate. */
    public Figure learningRate() {
        return LineChart.ofEpochs("learning rate")
                .line("learning rate", history.learningRates())
                .figure("At the end of each epoch.");
    }
}
