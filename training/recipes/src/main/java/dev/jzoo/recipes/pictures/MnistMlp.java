package dev.jzoo.recipes.pictures;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/** A multi-layer perceptron on MNIST. Its accuracy on the test pictures is 98 % or more. */
public final class MnistMlp extends MnistClassifier {

    @Override
    public String id() {
        return "mnist-mlp";
    }

    @Override
    public String title() {
        return "Multi-layer perceptron on MNIST";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(15, 128, 2e-3, 1);
    }

    @Override
    Network network() {
        return Network.of(784)
                .dense(256)
                .relu()
                .dropout(0.3)
                .dense(128)
                .relu()
                .dropout(0.3)
                .dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings).withSchedule(Schedule.oneCycle());
    }

    /** Returns the number of threads; more would spend their time waiting for each other. */
    @Override
    int threads() {
        return 1;
    }

    @Override
    ModelText words() {
        return new ModelText(
                SUMMARY + " The network has two hidden layers, of 256 and 128 units.",
                List.of("digits", "multi-layer-perceptron"),
                List.of(
                        AS_MNIST,
                        "Knows no neighbourhood of pixels: a digit that is moved by a few pixels is often lost."));
    }
}
