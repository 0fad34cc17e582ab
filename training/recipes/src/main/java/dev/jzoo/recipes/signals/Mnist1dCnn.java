package dev.jzoo.recipes.signals;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;

/** A convolutional network on MNIST-1D, which finds shapes at any position. */
public final class Mnist1dCnn extends Mnist1dClassifier {

    @Override
    public String id() {
        return "mnist1d-cnn";
    }

    @Override
    public String title() {
        return "Convolutional network on MNIST-1D";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(50, 100, 1e-2, 1);
    }

    @Override
    Network network() {
        return Network.of(1, 40)
                .convolution(25, 5, 2, 1)
                .relu()
                .convolution(25, 3, 2, 1)
                .relu()
                .convolution(25, 3, 2, 1)
                .relu()
                .dropout(0.3)
                .dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adamW(0.03), settings)
                .withSchedule(Schedule.oneCycle());
    }

    @Override
    double published() {
        return 0.94;
    }

    @Override
    ModelText words() {
        return words(
                "The network has three convolutions of stride 2 with 25 channels.",
                "convolutional-network",
                "Best of the four where its idea of neighbours fits; with the values of a signal in another order it loses most of its lead.");
    }
}
