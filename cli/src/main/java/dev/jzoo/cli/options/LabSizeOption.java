package dev.jzoo.cli.options;

import dev.jzoo.labs.LabSize;
import picocli.CommandLine.Option;

/** The options for the size and the seed of labs. */
public final class LabSizeOption {

    @Option(names = "--quick", description = "Run a smaller experiment of about three seconds per lab.")
    private boolean quick;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed (default: ${DEFAULT-VALUE}, that of the published pages).")
    private long seed = 1;

    public LabSize size() {
        return quick ? LabSize.QUICK : LabSize.FULL;
    }

    public long seed() {
        return seed;
    }
}
