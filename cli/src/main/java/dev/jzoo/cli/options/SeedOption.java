package dev.jzoo.cli.options;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that train: where all that is random comes from. A card records it always. */
public final class SeedOption {

    @Recorded(Recorded.When.ALWAYS)
    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of all that is random: weights, order, crops, parts of the data (default: the recipe's, or 1 for"
                            + " your own pictures).")
    private Optional<Long> seed = Optional.empty();

    public Optional<Long> seed() {
        return seed;
    }
}
