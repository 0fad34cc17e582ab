package dev.jzoo.cli.console;

import dev.jzoo.zoo.file.Json;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Where a command's result goes: text for people, or one JSON document.
 *
 * @param host whose {@code out} is printed to
 * @param form that was asked for
 * @param progress how downloads are shown
 */
public record Output(Host host, OutputFormat form, Progress.ProgressFormat progress) {

    /** How results are printed. */
    public enum OutputFormat {
        TEXT,
        JSON
    }

    /**
     * Prints a result.
     *
     * @param document what {@code --json} prints; records and lists
     * @param text what is printed otherwise
     */
    public void print(Object document, Consumer<PrintWriter> text) {
        if (form == OutputFormat.JSON) {
            host.out().print(Json.pretty(document));
        } else {
            text.accept(host.out());
        }
        host.out().flush();
    }

    /** Says how far a command is; never part of the result. */
    public void note(String line) {
        host.err().println(line);
        host.err().flush();
    }
}
