package dev.jzoo.training;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;

/**
 * The network of a run in its own engine, ready to be exported like the run's own export, including pre- and
 * post-processing. Holds native memory until it is closed.
 *
 * @param recipe the settings of the run
 * @param exporter exporter of the network, without a card
 * @param release frees the network's memory
 */
public record TrainedNetwork(RecipeFile recipe, OnnxExporter exporter, Runnable release) implements AutoCloseable {

    /**
     * Loads the network of a run, with the recipe that the run names.
     *
     * @throws dev.jzoo.zoo.error.JZooException NOT_FOUND if it is not the folder of a run, or if the recipe does not
     *     exist
     */
    public static TrainedNetwork of(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile recipe = run.recipe();
        return Recipes.get(recipe.recipe()).restore(run, store, listener);
    }

    @Override
    public void close() {
        release.run();
    }
}
