package dev.jzoo.recipes.signals;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;

/** Softmax regression on MNIST-1D: the limit of a linear function when shapes move. */
public final class Mnist1dLogistic extends Mnist1dClassifier {

    @Override
    public String id() {
        return "mnist1d-logistic";
    }

    @Override
    public String title() {
        return "Softmax regression on MNIST-1D";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(50, 100, 1e-2, 1);
    }

    @Override
    Network network() {
        return Network.of(40).dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings).withSchedule(Schedule.oneCycle());
    }

    @Override
    double published() {
        return 0.32;
    }

    @Override
    ModelText words() {
        return words(
                "The network is one linear layer with a softmax.",
                "softmax-regression",
                "A linear model has no notion of a shape that moves: two signals of three are taken for another.");
    }
}
