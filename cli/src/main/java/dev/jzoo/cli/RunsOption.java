package dev.jzoo.cli;

import picocli.CommandLine.Option;

/** The option of commands that write runs: where they keep them. */
final class RunsOption {

    /** The folder in which {@code jzoo run NAME} looks for runs. */
    static final String USUAL = "runs";

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = USUAL,
            description = "Folder in which runs are kept (default: ${DEFAULT-VALUE}).")
    private String folder = USUAL;

    /** The folder as it was typed. */
    String typed() {
        return folder;
    }

    boolean isUsual() {
        return folder.equals(USUAL);
    }
}
