package dev.jzoo.recipes.pictures;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/** Softmax regression on MNIST. In the course it reaches 92.24 % on the test pictures. */
public class MnistLogistic extends MnistClassifier {

    @Override
    public String id() {
        return "mnist-logistic";
    }

    @Override
    public String title() {
        return "Softmax regression on MNIST";
    }

    @Override
    public final Hyperparameters defaults() {
        return new Hyperparameters(20, 100, 0.1, 1);
    }

    @Override
    final Network network() {
        return Network.of(784).dense(10);
    }

    @Override
    final Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.sgd(), settings);
    }

    @Override
    final int threads() {
        return 1;
    }

    @Override
    ModelText words() {
        return new ModelText(
                SUMMARY + " The network is one linear layer with a softmax.",
                List.of("digits", "softmax-regression"),
                List.of(
                        AS_MNIST,
                        "A linear model: about one picture in thirteen of the test set is taken for another digit."));
    }
}
