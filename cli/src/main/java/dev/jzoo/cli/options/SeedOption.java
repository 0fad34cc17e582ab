package dev.jzoo.cli.options;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option for the seed of commands that train. A card always records it. */
public final class SeedOption {

    @Recorded(Recorded.When.ALWAYS)
    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Random seed for weights, order, crops and the data split (default: the recipe's, or 1 for your own"
                            + " pictures).")
    private Optional<Long> seed = Optional.empty();

    public Optional<Long> seed() {
        return seed;
    }
}
