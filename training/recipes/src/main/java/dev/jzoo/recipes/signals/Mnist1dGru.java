package dev.jzoo.recipes.signals;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;

/** A GRU on MNIST-1D with a linear layer that reads its states at all positions. */
public final class Mnist1dGru extends Mnist1dClassifier {

    @Override
    public String id() {
        return "mnist1d-gru";
    }

    @Override
    public String title() {
        return "GRU on MNIST-1D";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(50, 100, 1e-2, 1);
    }

    @Override
    Network network() {
        return Network.of(1, 40).gru(12).dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings).withSchedule(Schedule.oneCycle());
    }

    @Override
    double published() {
        return 0.91;
    }

    @Override
    ModelText words() {
        return words(
                "The network is a GRU of 12 units along the signal; a linear layer reads its states at all 40 places.",
                "gru",
                "Only DJL can train it: DL4J has no GRU.");
    }
}
