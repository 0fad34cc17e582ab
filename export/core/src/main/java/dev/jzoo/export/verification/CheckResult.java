package dev.jzoo.export.verification;

import dev.jzoo.zoo.error.IoErrors;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The result of one check.
 *
 * @param name of the check: "digest", "graph", "runtime", "test-data", "card" ...
 * @param ok whether nothing was found wrong; so too of a check that is not supported
 * @param supported whether the check could be made
 * @param detail what was found, in words
 */
public record CheckResult(String name, boolean ok, boolean supported, String detail) {

    /** A check that was made. */
    public CheckResult(String name, boolean ok, String detail) {
        this(name, ok, true, detail);
    }

    /** A check that cannot be made of this model here, such as one of a newer opset than is known. */
    public static CheckResult unsupported(String name, String detail) {
        return new CheckResult(name, true, false, detail);
    }

    /** A check that passed. */
    public static CheckResult passed(String name, String detail) {
        return new CheckResult(name, true, detail);
    }

    /** A check that failed. */
    public static CheckResult failed(String name, String detail) {
        return new CheckResult(name, false, detail);
    }

    /** A check that failed with an exception, which names the file that it is about. */
    public static CheckResult failed(String name, Exception cause) {
        if (cause instanceof UncheckedIOException unchecked) {
            return failed(name, unchecked.getCause());
        }
        return failed(
                name,
                cause instanceof IOException io
                        ? IoErrors.sentence(io)
                        : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
}
