package dev.jzoo.training.recipe;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.SortedMap;

/**
 * A recipe that trains a network from scratch. To write your own, implement {@link #prepare}, and name the class in
 * {@code META-INF/services/dev.jzoo.training.Recipe} of your jar: {@code jzoo train} then finds it.
 */
public interface NetworkRecipe extends Recipe {

    /**
     * Reads the data and returns the training task. Called once for each training, each measurement, and each time a
     * trained network is loaded, before an engine is started.
     *
     * @param store source of the data files
     * @param listener listens to downloads
     */
    TrainingTask prepare(Store store, ProgressListener listener) throws IOException;

    /**
     * Returns the task with the data that a model was made with, to measure it on them. The default is that of {@link
     * #prepare}.
     */
    default TrainingTask prepareFor(ModelCard card, Store store, ProgressListener listener) throws IOException {
        return prepare(store, listener);
    }

    @Override
    default TrainingResult train(TrainingRun run) throws IOException {
        return new RecipeRunner(this).train(run);
    }

    @Override
    default SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener)
            throws IOException {
        return new RecipeRunner(this).measure(model, store, listener);
    }

    @Override
    default TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        return new RecipeRunner(this).restore(run, store, listener);
    }
}
