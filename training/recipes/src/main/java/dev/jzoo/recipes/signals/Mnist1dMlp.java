package dev.jzoo.recipes.signals;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;

/** A multi-layer perceptron on MNIST-1D. */
public final class Mnist1dMlp extends Mnist1dClassifier {

    @Override
    public String id() {
        return "mnist1d-mlp";
    }

    @Override
    public String title() {
        return "Multi-layer perceptron on MNIST-1D";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(50, 100, 1e-2, 1);
    }

    @Override
    Network network() {
        return Network.of(40)
                .dense(100)
                .relu()
                .dropout(0.2)
                .dense(100)
                .relu()
                .dropout(0.2)
                .dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings).withSchedule(Schedule.oneCycle());
    }

    @Override
    double published() {
        return 0.68;
    }

    @Override
    ModelText words() {
        return words(
                "The network has two hidden layers of 100 units, with dropout in training.",
                "multi-layer-perceptron",
                "Knows no neighbourhood of values: it must learn each shape anew at each place, and takes more than one test signal in four for another.");
    }
}
