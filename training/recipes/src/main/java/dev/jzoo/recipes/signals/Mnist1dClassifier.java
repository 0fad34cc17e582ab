package dev.jzoo.recipes.signals;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/**
 * A classifier of MNIST-1D's signals. The published accuracies are from Greydanus and Kobak, Scaling down deep learning
 * with MNIST-1D, 2020, table 1.
 */
abstract class Mnist1dClassifier extends SignalClassification {

    @Override
    final LabelledSignals train() {
        return Mnist1d.train();
    }

    @Override
    final LabelledSignals test() {
        return Mnist1d.test();
    }

    @Override
    final LabelledSignals samples() {
        return Mnist1d.generate(10, 7).range(0, 3);
    }

    /**
     * Returns the texts of the card.
     *
     * @param network description of the network, a sentence
     * @param tag name of the kind of network
     * @param limit limitation of the network, a sentence
     */
    final ModelText words(String network, String tag, String limit) {
        return new ModelText(
                "Takes signals of 40 values as [batch, 40] and gives the probability of each of ten shapes, [batch, 10]. "
                        + network + " The published accuracy on the test signals is " + Math.round(100 * published())
                        + " %.",
                List.of("mnist1d", "signals", tag),
                List.of(
                        "Knows the ten shapes of MNIST-1D only, as its program stretches, moves and blurs them.",
                        limit));
    }
}
