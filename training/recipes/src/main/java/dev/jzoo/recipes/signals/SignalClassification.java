package dev.jzoo.recipes.signals;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;

/**
 * The recipe of a signal classifier. A recipe of this family defines the signals, the network and the plan; everything
 * else is the same for all.
 */
abstract class SignalClassification implements NetworkRecipe {

    /** Returns the signals to train on. */
    abstract LabelledSignals train();

    /** Returns the signals to measure on. */
    abstract LabelledSignals test();

    /** Returns three signals that are in neither, as test vectors. */
    abstract LabelledSignals samples();

    /** Returns the network, from [length] or [1, length] to one value per class. */
    abstract Network network();

    /** Returns the training plan. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** Returns the published test accuracy of a network of this kind. */
    abstract double published();

    @Override
    public final Headline headline() {
        return new Headline("test.accuracy", Better.HIGHER);
    }

    @Override
    public final TrainingTask prepare(Store store, ProgressListener listener) {
        return new SignalTraining(this, train(), test());
    }
}
