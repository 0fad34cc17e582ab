package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.datasets.preparation.ChannelStatistics;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Selection;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;

/**
 * The recipe of a picture classifier. A recipe of this family defines the pictures, the network and the plan;
 * everything else is the same for all.
 */
abstract class PictureClassifier implements NetworkRecipe {

    /** Returns the pictures. */
    abstract RecipePictures pictures(Store store, ProgressListener listener) throws IOException;

    /**
     * Returns the pictures that the model of a card was made with. The default is {@link #pictures(Store,
     * ProgressListener)}.
     */
    RecipePictures pictures(ModelCard card, Store store, ProgressListener listener) throws IOException {
        return pictures(store, listener);
    }

    /** Returns the network, from [channels, height, width], or all values in one axis, to one value per class. */
    abstract Network network();

    /** Returns the training plan. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** Returns three pictures that may be published as test vectors. The data set's own pictures may not. */
    abstract LabelledImages testVectors();

    /** Returns the changes to training pictures. The default is none. */
    Augmentation augmentation() {
        return Augmentation.none();
    }

    /** Returns the statistics that standardise pixels. The default scales them to 0..1. */
    ChannelStatistics statistics(LabelledImages train) {
        return ChannelStatistics.unit(train.channels());
    }

    /** Returns the epoch whose weights become the model. The default is the last one. */
    Selection selection() {
        return Selection.last();
    }

    /** Returns the number of threads per operation. The default is the number of processors. */
    int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Returns the precision of weights in the file. The default is that of the training. */
    WeightPrecision weights() {
        return WeightPrecision.SINGLE;
    }

    /**
     * Returns the number of pictures of each part that are measured after each epoch: the first ones, so that measuring
     * takes less time than training.
     */
    int watched() {
        return 10_000;
    }

    /** Precision of the weights in a file. */
    enum WeightPrecision {
        SINGLE(""),
        /** Weights that are rounded after the training, for a network with a large file. */
        HALF("; weights rounded to half precision after the training");

        private final String note;

        WeightPrecision(String note) {
            this.note = note;
        }

        /** Returns the words that follow the network's description. */
        String note() {
            return note;
        }
    }

    @Override
    public final Headline headline() {
        return new Headline("test.accuracy", Better.HIGHER);
    }

    @Override
    public final TrainingTask prepare(Store store, ProgressListener listener) throws IOException {
        return task(pictures(store, listener));
    }

    @Override
    public final TrainingTask prepareFor(ModelCard card, Store store, ProgressListener listener) throws IOException {
        return task(pictures(card, store, listener));
    }

    private TrainingTask task(RecipePictures pictures) {
        PictureInputs inputs = new PictureInputs(network(), statistics(pictures.train()), augmentation());
        return new PictureTraining(this, pictures, inputs);
    }
}
