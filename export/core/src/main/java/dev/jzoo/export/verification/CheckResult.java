package dev.jzoo.export.verification;

import dev.jzoo.zoo.error.IoErrors;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The result of one check.
 *
 * @param name name of the check: "digest", "graph", "runtime", "test-data", "card" ...
 * @param ok whether the check found no fault; also true for a check that is not supported
 * @param supported whether the check could be made
 * @param detail the findings in words
 */
public record CheckResult(String name, boolean ok, boolean supported, String detail) {

    /** Creates the result of a check that was made. */
    public CheckResult(String name, boolean ok, String detail) {
        this(name, ok, true, detail);
    }

    /**
     * Returns the result of a check that cannot be made for this model, such as a model with a newer opset than is
     * known.
     */
    public static CheckResult unsupported(String name, String detail) {
        return new CheckResult(name, true, false, detail);
    }

    /** Returns the result of a check that passed. */
    public static CheckResult passed(String name, String detail) {
        return new CheckResult(name, true, detail);
    }

    /** Returns the result of a check that failed. */
    public static CheckResult failed(String name, String detail) {
        return new CheckResult(name, false, detail);
    }

    /** Returns the result of a check that failed with an exception, which names its file. */
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
