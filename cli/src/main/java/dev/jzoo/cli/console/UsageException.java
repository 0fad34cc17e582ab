package dev.jzoo.cli.console;

import java.io.IOException;

/** An invalid command line (exit code 2). The message says what was expected. */
public final class UsageException extends RuntimeException {

    public UsageException(String message) {
        super(message);
    }

    /** A factory of values. */
    @FunctionalInterface
    public interface Maker<T> {
        T make() throws IOException;
    }

    private UsageException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * Creates a library's value from options and arguments.
     *
     * @param maker uses options and arguments only, so that an {@link IllegalArgumentException} is about them
     * @throws UsageException with the library's message
     */
    public static <T> T unlessRefused(Maker<T> maker) throws IOException {
        try {
            return maker.make();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }
}
