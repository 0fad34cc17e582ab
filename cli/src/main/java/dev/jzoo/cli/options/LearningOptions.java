package dev.jzoo.cli.options;

import dev.jzoo.finetune.Mode;
import dev.jzoo.training.Hyperparameters;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that train: how the optimiser goes on. What is omitted is as the recipe or the mode has it. */
public final class LearningOptions {

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training data.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples for each step of the optimiser.")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--lr", paramLabel = "X", description = "Learning rate; the highest one where it changes.")
    private Optional<Double> learningRate = Optional.empty();

    /** Whether any of them was given. */
    public boolean given() {
        return epochs.isPresent() || batch.isPresent() || learningRate.isPresent();
    }

    /** The settings of a recipe with these changes. */
    public Hyperparameters over(Hyperparameters defaults) {
        return defaults.withEpochs(epochs.orElse(defaults.epochs()))
                .withBatch(batch.orElse(defaults.batch()))
                .withLearningRate(learningRate.orElse(defaults.learningRate()));
    }

    /** The settings of a mode with these changes. */
    public Mode.Full over(Mode.Full defaults) {
        return new Mode.Full(
                defaults.start(),
                epochs.orElse(defaults.epochs()),
                batch.orElse(defaults.batch()),
                learningRate.orElse(defaults.learningRate()));
    }
}
