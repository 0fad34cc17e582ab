package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/**
 * The residual network with 20 layers of He et al., Deep residual learning for image recognition, 2015, section 4.2, on
 * CIFAR-10. The paper reports 91.25 % on the original test pictures after about 164 epochs on 45,000 pictures.
 */
public final class Cifar10Resnet20 extends Cifar10Classifier {

    @Override
    public String id() {
        return "cifar10-resnet20";
    }

    @Override
    public String title() {
        return "ResNet-20 on CIFAR-10";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(24, 128, 0.2, 1);
    }

    @Override
    Augmentation augmentation() {
        return Augmentation.none().crop(4).flip();
    }

    @Override
    Network network() {
        Network network = Network.of(3, 32, 32).normalisedConvolution(16, 3);
        for (int filters : new int[] {16, 32, 64}) {
            network = network.residual(filters, filters == 16 ? 1 : 2)
                    .residual(filters, 1)
                    .residual(filters, 1);
        }
        return network.globalAveragePool().dense(10);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.momentum(0.9, 5e-4), settings)
                .withSchedule(Schedule.oneCycle());
    }

    @Override
    ModelText words() {
        return new ModelText(
                SUMMARY
                        + " The residual network of 20 layers of He et al. (2015), whose paper has 91.25 % on the original"
                        + " pictures; where a block changes the number of channels, its shortcut is a convolution of 1.",
                List.of("cifar10", "cnn", "resnet"),
                List.of(JPEG, SMALL));
    }
}
