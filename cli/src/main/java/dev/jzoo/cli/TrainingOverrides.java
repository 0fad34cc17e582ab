package dev.jzoo.cli;

import dev.jzoo.training.Overrides;
import dev.jzoo.training.Overrides.Overridable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that replace settings of a recipe. A recipe that lacks the setting rejects the option. */
final class TrainingOverrides {

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "Optimiser: sgd, momentum (0.9), nesterov (0.9), adam, or adamw (weight decay 0.01).")
    private Optional<String> optimizer = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description =
                    "Learning rate schedule: constant, steps (a tenth at 50 %% and again at 75 %%), cosine (to 0),"
                            + " exponential"
                            + " (to a hundredth), warm-up (over 10 %%), warm-up-cosine or one-cycle.")
    private Optional<String> schedule = Optional.empty();

    @Option(names = "--weight-decay", paramLabel = "X", description = "Weight decay; 0 for none.")
    private Optional<Double> weightDecay = Optional.empty();

    @Option(
            names = "--dropout",
            paramLabel = "X",
            description = "Share of values that each dropout layer sets to 0; 0 for none.")
    private Optional<Double> dropout = Optional.empty();

    @Option(
            names = "--init",
            paramLabel = "NAME",
            description =
                    "Weight initialisation: standard (he before a ReLU, glorot otherwise), glorot, glorot-normal, he,"
                            + " he-uniform or lecun.")
    private Optional<String> initialisation = Optional.empty();

    @Option(
            names = "--augment",
            paramLabel = "CHANGES",
            description =
                    "Random changes to the training pictures: none, or crop:PIXELS, flip and colour:STRENGTH, separated by"
                            + " commas.")
    private Optional<String> augmentation = Optional.empty();

    /** Returns the overrides that were set. Fails with IllegalArgumentException if a value is unknown. */
    Overrides given() {
        Map<Overridable, Optional<?>> options = new EnumMap<>(Map.of(
                Overridable.OPTIMIZER, optimizer,
                Overridable.SCHEDULE, schedule,
                Overridable.WEIGHT_DECAY, weightDecay,
                Overridable.DROPOUT, dropout,
                Overridable.INITIALISATION, initialisation,
                Overridable.AUGMENTATION, augmentation));
        Overrides overrides = Overrides.none();
        for (Map.Entry<Overridable, Optional<?>> option : options.entrySet()) {
            if (option.getValue().isPresent()) {
                overrides =
                        overrides.with(option.getKey(), option.getValue().get().toString());
            }
        }
        return overrides;
    }
}
