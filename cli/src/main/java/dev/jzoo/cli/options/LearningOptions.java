package dev.jzoo.cli.options;

import dev.jzoo.finetune.Mode;
import dev.jzoo.training.Hyperparameters;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that train. Omitted options keep the values of the recipe or mode. */
public final class LearningOptions {

    @Option(names = "--epochs", paramLabel = "N", description = "Number of passes over the training data.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Number of examples in each step of the optimiser.")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--lr", paramLabel = "X", description = "Learning rate, or its highest value with a schedule.")
    private Optional<Double> learningRate = Optional.empty();

    /** Returns whether any option was set. */
    public boolean given() {
        return epochs.isPresent() || batch.isPresent() || learningRate.isPresent();
    }

    /** Returns a recipe's settings with these options. */
    public Hyperparameters over(Hyperparameters defaults) {
        return defaults.withEpochs(epochs.orElse(defaults.epochs()))
                .withBatch(batch.orElse(defaults.batch()))
                .withLearningRate(learningRate.orElse(defaults.learningRate()));
    }

    /** Returns a mode's settings with these options. */
    public Mode.Full over(Mode.Full defaults) {
        return new Mode.Full(
                defaults.start(),
                epochs.orElse(defaults.epochs()),
                batch.orElse(defaults.batch()),
                learningRate.orElse(defaults.learningRate()));
    }
}
