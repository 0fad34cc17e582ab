package dev.jzoo.cli.options;

import picocli.CommandLine.Option;

/** The option of commands that write runs: where they keep them. */
public final class RunsOption {

    /** The folder in which {@code jzoo run NAME} looks for runs. */
    public static final String USUAL = "runs";

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = USUAL,
            description = "Folder in which runs are kept (default: ${DEFAULT-VALUE}).")
    private String folder = USUAL;

    /** The folder as it was typed. */
    public String typed() {
        return folder;
    }

    public boolean isUsual() {
        return folder.equals(USUAL);
    }
}
