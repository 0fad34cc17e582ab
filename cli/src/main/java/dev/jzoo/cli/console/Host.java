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
 * What surrounds a command.
 *
 * @param out for results; control characters in a text that is printed are escaped, here and in {@code err}
 * @param err for progress, logs and failures
 * @param environment variables by name
 * @param folder that relative paths are relative to; the empty path for the working folder
 * @param checkout the root of the checkout or distribution that JZoo runs from
 * @param terminals which of {@code out} and {@code err} somebody is watching
 * @param columns width of the terminal
 */
public record Host(
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Path folder,
        Optional<Path> checkout,
        Set<ConsoleStream> terminals,
        int columns) {

    /** One of the two that a command prints to. */
    public enum ConsoleStream {
        OUT,
        ERR
    }

    public Host {
        out = PlainWriter.over(out);
        err = PlainWriter.over(err);
    }

    /** The process's own. The launcher tells by system properties what Java cannot find out. */
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

    /** A writer for results: a command ends with a failure when its {@code target} cannot be written. */
    public static PrintWriter resultWriter(OutputStream target) {
        return writer(new ResultStream(target));
    }

    /** Always UTF-8: JSON must be, and the JDK would write question marks in the locale C. */
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

    /** Where commands to the terminal go, such as colours; all other text goes to {@link #out} and {@link #err}. */
    public PrintWriter terminal(ConsoleStream stream) {
        return ((PlainWriter) (stream == ConsoleStream.OUT ? out : err)).terminal();
    }

    /** A path that the user gave. */
    public Path path(String given) {
        return folder.resolve(given);
    }

    /** Whether somebody is watching. */
    boolean watched(ConsoleStream stream) {
        return terminals.contains(stream);
    }

    /** Whether colours may be used: on a terminal that has them, unless NO_COLOR is set (no-color.org). */
    public boolean coloured(ConsoleStream stream) {
        return watched(stream)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** The folder of published models in the sources: that of the checkout, else one below the folder. */
    public Optional<Path> modelsFolder() {
        Path here = path("zoo/models");
        return Files.isDirectory(here)
                ? Optional.of(here)
                : checkout.map(sources -> sources.resolve("zoo/models")).filter(Files::isDirectory);
    }

    /** The same, with results printed elsewhere. */
    public Host withOut(PrintWriter other) {
        return new Host(other, err, environment, folder, checkout, terminals, columns);
    }
}
