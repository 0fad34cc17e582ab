package dev.jzoo.cli.console;

import dev.jzoo.zoo.ProgressListener;

/** Progress on stderr: bars on a terminal, or a line for each long task elsewhere. */
public interface Progress extends ProgressListener, AutoCloseable {

    /** The form of progress. */
    enum ProgressFormat {
        /** A bar on a terminal, lines elsewhere. */
        AUTO,
        /** A line for each large file. */
        LINES,
        /** One JSON document per line, several times a second, for programs that draw their own progress. */
        JSON
    }

    /** Smallest file in bytes that is worth a line. Smaller files arrive faster than you can read. */
    long WORTH_A_LINE = 1_000_000;

    /** Ends the current progress display. */
    @Override
    void close();

    /** Returns the progress of downloads and copies, in bytes. */
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
