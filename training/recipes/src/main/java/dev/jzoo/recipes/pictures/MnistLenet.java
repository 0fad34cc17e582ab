package dev.jzoo.recipes.pictures;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/**
 * A convolutional network with the layers of LeNet-5 (LeCun et al., 1998), but with ReLU and max-pooling, on MNIST. Its
 * accuracy on the test pictures is 99 % or more.
 */
public final class MnistLenet extends MnistClassifier {

    @Override
    public String id() {
        return "mnist-lenet";
    }

    @Override
    public String title() {
        return "LeNet-like convolutional network on MNIST";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(12, 128, 3e-3, 1);
    }

    @Override
    Network network() {
        return Network.of(1, 28, 28)
                .convolution(6, 5)
                .relu()
                .maxPool(2)
                .convolution(16, 5, 1, 0)
                .relu()
                .maxPool(2)
                .dense(120)
                .relu()
                .dense(84)
                .relu()
                .dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings).withSchedule(Schedule.oneCycle());
    }

    @Override
    ModelText words() {
        return new ModelText(
                SUMMARY + " Two convolutions with max-pooling, then three dense layers: 61,706 weights.",
                List.of("digits", "cnn", "lenet"),
                List.of(AS_MNIST));
    }
}
