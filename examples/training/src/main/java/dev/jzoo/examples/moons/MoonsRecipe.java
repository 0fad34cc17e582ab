package dev.jzoo.examples.moons;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;

/** The recipe of this application. The library finds it through {@code META-INF/services/dev.jzoo.training.Recipe}. */
public final class MoonsRecipe implements NetworkRecipe {

    @Override
    public String id() {
        return "two-moons";
    }

    @Override
    public String title() {
        return "Two moons";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(20, 32, 0.01, 1);
    }

    @Override
    public Headline headline() {
        return new Headline("test.accuracy", Better.HIGHER);
    }

    @Override
    public TrainingTask prepare(Store store, ProgressListener listener) {
        return new MoonsTask(MoonPoints.draw(1_000, 1), MoonPoints.draw(1_000, 2));
    }
}
