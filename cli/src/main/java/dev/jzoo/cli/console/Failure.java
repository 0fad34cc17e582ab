package dev.jzoo.cli.console;

import dev.jzoo.training.UnsupportedSettingException;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.ServiceConfigurationError;

/**
 * Why a command failed, as scripts and people see it.
 *
 * @param code name of the kind of failure: that of a {@link JZooException.Code}, USAGE or INTERRUPTED
 * @param message what happened and what was expected
 * @param hint what to do about it; empty if there is nothing to do
 * @param exitCode of the process
 */
public record Failure(String code, String message, String hint, int exitCode) {

    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    /** What a shell reports for a program that SIGPIPE ended. */
    static final int CLOSED_PIPE = 141;

    /** What {@code --json} prints. */
    private record FailureDocument(Problem error) {}

    private record Problem(String code, String message, String hint) {}

    public static Failure usage(String message, String hint) {
        return new Failure("USAGE", message, hint, USAGE);
    }

    public static Failure of(Throwable thrown) {
        if (isLoading(thrown) && new OpenFiles().areFew()) {
            return of(JZooException.Code.FAILED, new OpenFiles().message(), new OpenFiles().hint());
        }
        if (thrown instanceof JZooException e) {
            return of(e.code(), e.summary(), e.hint());
        }
        if (thrown instanceof IOError e) {
            return ofResult(text(e.getCause()));
        }
        if (thrown instanceof UncheckedIOException e) {
            return of(e.getCause());
        }
        if (thrown instanceof DataFormatException e) {
            return of(JZooException.Code.BAD_INPUT, e.getMessage(), "");
        }
        if (isInterrupt(thrown)) {
            return new Failure("INTERRUPTED", "Interrupted.", "", INTERRUPTED);
        }
        if (thrown instanceof FileSystemException e) {
            return ofFile(e);
        }
        if (thrown instanceof IOException e) {
            return of(JZooException.Code.FAILED, text(e), "");
        }
        if (thrown instanceof UsageException || thrown instanceof UnsupportedSettingException) {
            return usage(text(thrown), "");
        }
        if (thrown instanceof InvalidPathException e) {
            return ofPath(e);
        }
        if (thrown instanceof IllegalArgumentException e) {
            return of(JZooException.Code.FAILED, text(e), "");
        }
        if (thrown instanceof OutOfMemoryError) {
            return of(
                    JZooException.Code.FAILED,
                    "Out of memory: " + thrown.getMessage() + ".",
                    "Give Java more, JZOO_JAVA_OPTS=-Xmx8g for instance, or use smaller batches.");
        }
        if (thrown instanceof LinkageError) {
            return of(
                    JZooException.Code.FAILED,
                    "A part of JZoo does not load here: " + text(thrown),
                    "'jzoo doctor' tells what is missing.");
        }
        return of(
                JZooException.Code.FAILED,
                "JZoo failed in a way that it should not: " + thrown + ".",
                "Please report it, with what JZOO_DEBUG=1 prints.");
    }

    private static boolean isInterrupt(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof InterruptedIOException;
    }

    private static Failure of(JZooException.Code code, String message, String hint) {
        return new Failure(code.name(), message, hint, code.exitCode());
    }

    /** A {@link ResultStream} that cannot be written. */
    private static Failure ofResult(String error) {
        return error.toLowerCase(Locale.ROOT).contains("pipe")
                ? new Failure("CLOSED_PIPE", "", "", CLOSED_PIPE)
                : of(
                        JZooException.Code.FAILED,
                        "The result could not be written to the standard output: " + error + ".",
                        "");
    }

    private static Failure ofFile(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return of(JZooException.Code.NOT_FOUND, IoErrors.sentence(e), "Check the path for a slip.");
        }
        return of(JZooException.Code.FAILED, IoErrors.sentence(e), "");
    }

    /** In the locale C the JVM has no letters beyond ASCII, neither in what was typed nor in names of files. */
    private static Failure ofPath(InvalidPathException e) {
        boolean unmappable = e.getInput().chars().anyMatch(c -> c > 0x7F);
        return of(
                JZooException.Code.NOT_FOUND,
                "There is no file '" + e.getInput() + "': " + e.getReason() + ".",
                unmappable
                        ? "Names beyond ASCII need a locale that has them: set LC_ALL=C.UTF-8."
                        : "Check the path for a slip.");
    }

    private static boolean isLoading(Throwable thrown) {
        return thrown instanceof LinkageError
                || thrown instanceof ServiceConfigurationError
                || thrown instanceof TypeNotPresentException
                || thrown instanceof FileSystemException e && "Too many open files".equals(e.getReason());
    }

    private static String text(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    /** Prints it: as text, and as a document too where that was asked for. A closed pipe is silent, as in other programs. */
    public int report(Output output) {
        if (exitCode == CLOSED_PIPE) {
            return exitCode;
        }
        Host host = output.host();
        host.terminal(Host.ConsoleStream.ERR)
                .print(host.coloured(Host.ConsoleStream.ERR) ? "\033[31merror:\033[0m " : "error: ");
        host.err().println(message);
        if (!hint.isEmpty()) {
            host.err().println(hint);
        }
        host.err().flush();
        output.print(new FailureDocument(new Problem(code, message, hint)), nothing -> {});
        return exitCode;
    }
}
