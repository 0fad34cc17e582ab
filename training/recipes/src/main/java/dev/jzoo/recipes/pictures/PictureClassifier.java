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
 * The recipe of a network that says what a picture shows. A recipe of this family says which pictures, which network and
 * how it learns; the rest is the same for all.
 */
abstract class PictureClassifier implements NetworkRecipe {

    /** Where the pictures come from. */
    abstract RecipePictures pictures(Store store, ProgressListener listener) throws IOException;

    /** The pictures that the model of a card was made with; those of {@link #pictures(Store, ProgressListener)} if not said. */
    RecipePictures pictures(ModelCard card, Store store, ProgressListener listener) throws IOException {
        return pictures(store, listener);
    }

    /** From [channels, height, width], or all values in one axis, to a value for each class. */
    abstract Network network();

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** Three pictures that may be published as test vectors: the data set's own are not ours to publish. */
    abstract LabelledImages testVectors();

    /** Changes to the pictures that it learns from; none if not said. */
    Augmentation augmentation() {
        return Augmentation.none();
    }

    /** What pixels are standardised by; 0 to 1 if not said. */
    ChannelStatistics statistics(LabelledImages train) {
        return ChannelStatistics.unit(train.channels());
    }

    /** Which epoch's weights become the model; the last one's if not said. */
    Selection selection() {
        return Selection.last();
    }

    /** Threads that share the work of an operation; all processors if not said. */
    int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** How precisely the file stores weights; as they were trained if not said. */
    WeightPrecision weights() {
        return WeightPrecision.SINGLE;
    }

    /** Pictures of each part that each epoch is measured on, the first ones, so that measuring stays cheaper than training. */
    int watched() {
        return 10_000;
    }

    /** Precision of the weights in a file. */
    enum WeightPrecision {
        SINGLE(""),
        /** Rounded after the training, for a network whose file would be large. */
        HALF("; weights rounded to half precision after the training");

        private final String note;

        WeightPrecision(String note) {
            this.note = note;
        }

        /** Words behind the network's. */
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
