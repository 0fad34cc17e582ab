package dev.jzoo.cli.options;

import dev.jzoo.cli.console.UsageException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option for the folder of runs. */
public final class RunsOption {

    /** The folder in which {@code jzoo run NAME} looks for runs. */
    public static final String DEFAULT = "runs";

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            description = "Folder for runs (default: ${DEFAULT-VALUE}).")
    private String folder = DEFAULT;

    /** Returns the folder as it was typed. */
    public String typed() {
        return folder;
    }

    /**
     * Returns the folder of a run.
     *
     * @param parent the folder of runs as a path
     * @param name of the run
     * @throws UsageException if the name is a path to another place
     */
    public Path named(Path parent, String name) {
        Path named = parent.resolve(name).normalize();
        if (!parent.normalize().equals(named.getParent())) {
            throw new UsageException("--name expects the name of a folder in " + folder + ", not a path: '" + name
                    + "'. To choose another folder for runs, use --out.");
        }
        return named;
    }

    public boolean isDefault() {
        return folder.equals(DEFAULT);
    }
}
