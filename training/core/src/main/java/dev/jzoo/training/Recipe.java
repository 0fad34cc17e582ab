package dev.jzoo.training;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.util.SortedMap;

/**
 * The recipe of one model, from its data to the file that is published. Recipes are found through {@link
 * java.util.ServiceLoader}, so an application can provide its own. To write one, implement {@code
 * dev.jzoo.training.recipe.NetworkRecipe}.
 */
public interface Recipe {

    /** Returns the name of the recipe and of its model. */
    String id();

    /** Returns a title, one line. */
    String title();

    /**
     * Returns the version of the model: "1.0.0". A published version never changes, so a recipe whose model changes
     * must return a new version.
     */
    default String version() {
        return "1.0.0";
    }

    /** Returns the SPDX identifier of the model's licence. The default is Apache-2.0. */
    default String licence() {
        return "Apache-2.0";
    }

    /** Returns the settings of the published model. */
    Hyperparameters defaults();

    /** Returns the metric by which runs are compared. */
    Headline headline();

    /**
     * Trains, exports, measures and reports.
     *
     * @return the result; all files are in the run's folder
     * @throws dev.jzoo.zoo.error.JZooException if training diverges, the data are not available, or the export does not
     *     agree
     */
    TrainingResult train(TrainingRun run) throws IOException;

    /**
     * Measures a model of this recipe on the recipe's data, in ONNX Runtime.
     *
     * @param model a model opened from the exported file
     * @return the metrics of the model's card, by name, except metrics that only the training knows
     */
    SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener) throws IOException;

    /**
     * Restores the network of a run of this recipe with the weights of its last checkpoint, in the engine that trained
     * it.
     *
     * @param run the folder that {@link #train} has filled
     * @param store source of the data, which the pre-processing may depend on
     * @throws dev.jzoo.zoo.error.JZooException NOT_FOUND if the run has no checkpoint
     * @throws dev.jzoo.zoo.error.DataFormatException if the checkpoint is damaged, or of another network
     */
    TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException;

    /**
     * The metric by which runs are compared.
     *
     * @param metric its name: "test.accuracy"
     * @param better which of two values is the better one
     */
    record Headline(String metric, Better better) {}

    /** Choice of the better one of two values. */
    enum Better {
        HIGHER,
        LOWER
    }
}
