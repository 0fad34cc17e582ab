package dev.jzoo.cli.console;

import java.io.IOException;

/** A command line that asks for what cannot be: exit code 2. The message says what it may ask for. */
public final class UsageException extends RuntimeException {

    public UsageException(String message) {
        super(message);
    }

    /** Makes a value. */
    @FunctionalInterface
    public interface Maker<T> {
        T make() throws IOException;
    }

    private UsageException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * Makes a library's value of what was typed.
     *
     * @param maker of a value from options and arguments alone, so that an {@link IllegalArgumentException} is about them
     * @throws UsageException with the library's words
     */
    public static <T> T unlessRefused(Maker<T> maker) throws IOException {
        try {
            return maker.make();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }
}
