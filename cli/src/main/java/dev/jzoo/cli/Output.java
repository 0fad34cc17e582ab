package dev.jzoo.cli;

import dev.jzoo.zoo.Json;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Where a command's result goes: text for people, or one JSON document.
 *
 * @param host whose {@code out} is printed to
 * @param form that was asked for
 * @param progress how downloads are shown
 */
record Output(Host host, Form form, Progress.Form progress) {

    /** How results are printed. */
    enum Form {
        TEXT,
        JSON
    }

    /**
     * Prints a result.
     *
     * @param document what {@code --json} prints; records and lists
     * @param text what is printed otherwise
     */
    void print(Object document, Consumer<PrintWriter> text) {
        if (form == Form.JSON) {
            host.out().print(Json.pretty(document));
        } else {
            text.accept(host.out());
        }
        host.out().flush();
    }

    /** Says how far a command is; never part of the result. */
    void note(String line) {
        host.err().println(line);
        host.err().flush();
    }
}
