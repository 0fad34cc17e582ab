package dev.jzoo.cli.console;

import dev.jzoo.zoo.ProgressListener;

/** Shows on stderr how far something is: bars that move where somebody watches, else a line for what takes long. */
public interface Progress extends ProgressListener, AutoCloseable {

    /** How progress is shown. */
    enum ProgressFormat {
        /** A bar where somebody watches, else lines. */
        AUTO,
        /** A line for each large file. */
        LINES,
        /** A JSON document a line, several times a second, for programs that show it themselves. */
        JSON
    }

    /** Files that are smaller come faster than a line is read. */
    long WORTH_A_LINE = 1_000_000;

    /** Ends what is being shown. */
    @Override
    void close();

    /** The progress of downloads and copies, in bytes. */
    static Progress of(Output output) {
        return switch (output.progress()) {
            case JSON -> new JsonProgress(output);
            case LINES -> new LineProgress(output);
            case AUTO ->
                output.host().watched(Host.ConsoleStream.ERR)
                        ? new BarProgress(output.host())
                        : new LineProgress(output);
        };
    }
}
