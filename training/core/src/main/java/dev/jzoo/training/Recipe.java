package dev.jzoo.training;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.util.SortedMap;

/**
 * How one model is made, from its data to the file that is published. Found through {@link java.util.ServiceLoader}, so
 * that an application can bring its own. To write one, implement {@code dev.jzoo.training.recipe.NetworkRecipe}.
 */
public interface Recipe {

    /** Name of the recipe, and of the model that it makes. */
    String id();

    /** A line for people. */
    String title();

    /**
     * Version of the model that it makes: "1.0.0". What is published under a version never changes, so a recipe that makes another
     * model than before says another one.
     */
    default String version() {
        return "1.0.0";
    }

    /** SPDX identifier of the model's licence. By default Apache-2.0. */
    default String licence() {
        return "Apache-2.0";
    }

    /** The settings that the published model was made with. */
    Hyperparameters defaults();

    /** The metric that one run is compared by with another. */
    Headline headline();

    /**
     * Trains, exports, measures and reports.
     *
     * @return what came out; everything lies in the run's folder
     * @throws dev.jzoo.zoo.error.JZooException where training diverges, the data cannot be had, or the export does not agree
     */
    TrainingResult train(TrainingRun run) throws IOException;

    /**
     * Measures a model of this recipe on the recipe's data, through ONNX Runtime.
     *
     * @param model opened from the exported file
     * @return metrics by name: what the model's card says again, without what only its training knows
     */
    SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener) throws IOException;

    /**
     * The network of a run of this recipe with the weights of its last checkpoint, in the engine that trained it.
     *
     * @param run folder that {@link #train} has filled
     * @param store where data come from, if what stands before the network depends on them
     * @throws dev.jzoo.zoo.error.JZooException NOT_FOUND where it has no checkpoint
     * @throws dev.jzoo.zoo.error.DataFormatException where the checkpoint is damaged, or of another network
     */
    TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException;

    /**
     * The metric that one run is compared by with another.
     *
     * @param metric its name: "test.accuracy"
     * @param better which of two values is the better one
     */
    record Headline(String metric, Better better) {}

    /** Which of two values is the better one. */
    enum Better {
        HIGHER,
        LOWER
    }
}
