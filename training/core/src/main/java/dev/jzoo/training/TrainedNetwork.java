package dev.jzoo.training;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;

/**
 * The network of a run in its own engine, about to be exported as the run exported it, pre- and post-processing included.
 * Holds native memory until it is closed.
 *
 * @param recipe what the run did
 * @param exporter of the network, without a card
 * @param release frees the network's memory
 */
public record TrainedNetwork(RecipeFile recipe, OnnxExporter exporter, Runnable release) implements AutoCloseable {

    /**
     * Loads the network of a run, by the recipe that the run names.
     *
     * @throws dev.jzoo.zoo.error.JZooException NOT_FOUND where that is no folder of a run, or there is no such recipe
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
