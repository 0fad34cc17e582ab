package dev.jzoo.cli.console;

import dev.jzoo.zoo.file.Json;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * The output of a command: text for people, or one JSON document.
 *
 * @param host whose {@code out} is printed to
 * @param form text or JSON
 * @param progress form of download progress
 */
public record Output(Host host, OutputFormat form, Progress.ProgressFormat progress) {

    /** The form of a result. */
    public enum OutputFormat {
        TEXT,
        JSON
    }

    /**
     * Prints a result.
     *
     * @param document the document for {@code --json}, made of records and lists
     * @param text prints the result as text
     */
    public void print(Object document, Consumer<PrintWriter> text) {
        if (form == OutputFormat.JSON) {
            host.out().print(Json.pretty(document));
        } else {
            text.accept(host.out());
        }
        host.out().flush();
    }

    /** Prints a message or progress on stderr. It is never part of the result. */
    public void note(String line) {
        host.err().println(line);
        host.err().flush();
    }
}
