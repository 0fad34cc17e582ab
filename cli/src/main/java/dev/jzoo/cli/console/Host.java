package dev.jzoo.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The surroundings of a command.
 *
 * @param out for results; control characters in printed text are escaped, here and in {@code err}
 * @param err for progress, logs and failures
 * @param environment variables by name
 * @param folder base of relative paths; the empty path for the working folder
 * @param checkout root of the checkout or distribution that JZoo runs from, if known
 * @param terminals the streams among {@code out} and {@code err} that are terminals
 * @param columns width of the terminal in characters
 */
public record Host(
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Path folder,
        Optional<Path> checkout,
        Set<ConsoleStream> terminals,
        int columns) {

    /** One of the two streams that a command prints to. */
    public enum ConsoleStream {
        OUT,
        ERR
    }

    public Host {
        out = PlainWriter.over(out);
        err = PlainWriter.over(err);
    }

    /** Returns the host of this process. The launcher passes what Java cannot find out in system properties. */
    public static Host standard() {
        return new Host(
                resultWriter(new FileOutputStream(FileDescriptor.out)),
                writer(new FileOutputStream(FileDescriptor.err)),
                System.getenv(),
                Path.of(""),
                Optional.ofNullable(System.getProperty("jzoo.checkout")).map(Path::of),
                terminals(System.getProperty("jzoo.terminals", "")),
                Math.max(40, Integer.getInteger("jzoo.columns", 80)));
    }

    /** Returns a writer for results. A command fails when {@code target} cannot be written. */
    public static PrintWriter resultWriter(OutputStream target) {
        return writer(new ResultStream(target));
    }

    /** Returns a UTF-8 writer: JSON requires it, and in the locale C the JDK would write question marks. */
    private static PrintWriter writer(OutputStream target) {
        return new PrintWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), false);
    }

    private static Set<ConsoleStream> terminals(String names) {
        return switch (names) {
            case "out,err" -> Set.of(ConsoleStream.OUT, ConsoleStream.ERR);
            case "out," -> Set.of(ConsoleStream.OUT);
            case ",err" -> Set.of(ConsoleStream.ERR);
            default -> Set.of();
        };
    }

    /** Returns the writer for terminal commands such as colours. All other text goes to {@link #out} and {@link #err}. */
    public PrintWriter terminal(ConsoleStream stream) {
        return ((PlainWriter) (stream == ConsoleStream.OUT ? out : err)).terminal();
    }

    /** Resolves a path that the user typed. */
    public Path path(String given) {
        return folder.resolve(given);
    }

    /** Returns whether a stream is a terminal. */
    boolean watched(ConsoleStream stream) {
        return terminals.contains(stream);
    }

    /** Returns whether to use colours: on a terminal that supports them, unless NO_COLOR is set (no-color.org). */
    public boolean coloured(ConsoleStream stream) {
        return watched(stream)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Returns zoo/models below the folder if it exists, or the one of the checkout. */
    public Optional<Path> modelsFolder() {
        Path here = path("zoo/models");
        return Files.isDirectory(here)
                ? Optional.of(here)
                : checkout.map(sources -> sources.resolve("zoo/models")).filter(Files::isDirectory);
    }

    /** Returns a copy that prints results elsewhere. */
    public Host withOut(PrintWriter other) {
        return new Host(other, err, environment, folder, checkout, terminals, columns);
    }
}
