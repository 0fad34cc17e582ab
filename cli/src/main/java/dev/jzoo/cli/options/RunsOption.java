package dev.jzoo.cli.options;

import dev.jzoo.cli.console.UsageException;
import java.nio.file.Path;
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

    /**
     * Returns the folder of a run of that name.
     *
     * @param parent the folder as a path
     * @throws UsageException where the name leads to another place
     */
    public Path named(Path parent, String name) {
        Path named = parent.resolve(name).normalize();
        if (!parent.normalize().equals(named.getParent())) {
            throw new UsageException("--name is the name of a folder in " + folder + ", not a path: '" + name
                    + "'. Choose another folder for runs with --out.");
        }
        return named;
    }

    public boolean isUsual() {
        return folder.equals(USUAL);
    }
}
