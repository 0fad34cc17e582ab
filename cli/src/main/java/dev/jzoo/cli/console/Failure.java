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
 * The failure of a command, as scripts and people see it.
 *
 * @param code the kind of failure: the name of a {@link JZooException.Code}, USAGE or INTERRUPTED
 * @param message what happened and what was expected
 * @param hint what to do about it; empty if there is nothing to do
 * @param exitCode of the process
 */
public record Failure(String code, String message, String hint, int exitCode) {

    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    /** The exit code that a shell reports for a program ended by SIGPIPE. */
    static final int CLOSED_PIPE = 141;

    /** The document that {@code --json} prints. */
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
                    "Give Java more memory, for example JZOO_JAVA_OPTS=-Xmx8g, or use smaller batches.");
        }
        if (thrown instanceof LinkageError) {
            return of(
                    JZooException.Code.FAILED,
                    "JZoo could not load one of its classes or native libraries: " + text(thrown),
                    "'jzoo doctor' shows what is missing.");
        }
        return of(
                JZooException.Code.FAILED,
                "Unexpected failure in JZoo: " + thrown + ".",
                "Please report it with the output of JZOO_DEBUG=1.");
    }

    private static boolean isInterrupt(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof InterruptedIOException;
    }

    private static Failure of(JZooException.Code code, String message, String hint) {
        return new Failure(code.name(), message, hint, code.exitCode());
    }

    /** Returns the failure of a {@link ResultStream} that cannot be written. */
    private static Failure ofResult(String error) {
        return error.toLowerCase(Locale.ROOT).contains("pipe")
                ? new Failure("CLOSED_PIPE", "", "", CLOSED_PIPE)
                : of(JZooException.Code.FAILED, "Could not write the result to standard output: " + error + ".", "");
    }

    private static Failure ofFile(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return of(JZooException.Code.NOT_FOUND, IoErrors.sentence(e), "Check the path for typos.");
        }
        return of(JZooException.Code.FAILED, IoErrors.sentence(e), "");
    }

    /** Returns the failure of a path that Java rejects. In the locale C, Java cannot represent letters beyond ASCII. */
    private static Failure ofPath(InvalidPathException e) {
        boolean unmappable = e.getInput().chars().anyMatch(c -> c > 0x7F);
        return of(
                JZooException.Code.NOT_FOUND,
                "'" + e.getInput() + "' is not a valid path: " + e.getReason() + ".",
                unmappable
                        ? "Names beyond ASCII need a UTF-8 locale: set LC_ALL=C.UTF-8."
                        : "Check the path for typos.");
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

    /**
     * Prints this failure as text, and also as a document with {@code --json}. A closed pipe is silent, as in other
     * programs.
     */
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
