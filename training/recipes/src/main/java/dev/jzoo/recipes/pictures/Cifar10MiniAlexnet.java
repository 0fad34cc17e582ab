package dev.jzoo.recipes.pictures;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/**
 * A small AlexNet (Krizhevsky et al., 2012) on CIFAR-10. It demonstrates overfitting: in the course it reaches about 82
 * % on the training pictures and about 68 % on the test pictures.
 */
public final class Cifar10MiniAlexnet extends Cifar10Classifier {

    @Override
    public String id() {
        return "cifar10-mini-alexnet";
    }

    @Override
    public String title() {
        return "Mini-AlexNet on CIFAR-10";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(10, 128, 5e-4, 1);
    }

    @Override
    Network network() {
        return Network.of(3, 32, 32)
                .convolution(64, 3)
                .relu()
                .maxPool(2)
                .convolution(192, 3)
                .relu()
                .maxPool(2)
                .convolution(384, 3)
                .relu()
                .convolution(256, 3)
                .relu()
                .convolution(256, 3)
                .relu()
                .maxPool(2)
                .dense(1024)
                .relu()
                .dropout(0.5)
                .dense(1024)
                .relu()
                .dropout(0.5)
                .dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings);
    }

    @Override
    WeightPrecision weights() {
        return WeightPrecision.HALF;
    }

    @Override
    ModelText words() {
        return new ModelText(
                SUMMARY
                        + " Five convolutions, three max-pools and two dense layers of 1,024, as in the course, which has"
                        + " about 82 % on its training pictures and 68 % on the test pictures.",
                List.of("cifar10", "cnn", "alexnet"),
                List.of(
                        JPEG,
                        SMALL,
                        HALF,
                        "It overfits, and is here to show that: cifar10-mini-alexnet-bn is better."));
    }
}
