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
 * The recipe of a network that says which class a signal belongs to. A recipe of this family says which signals, which
 * network and how it learns; the rest is the same for all.
 */
abstract class SignalClassification implements NetworkRecipe {

    /** Signals to learn from. */
    abstract LabelledSignals train();

    /** Signals to measure on. */
    abstract LabelledSignals test();

    /** Three signals that are in neither, as test vectors. */
    abstract LabelledSignals samples();

    /** From [length] or [1, length] to a value for each class. */
    abstract Network network();

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** Published share of test signals that a network of this kind gets right. */
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
