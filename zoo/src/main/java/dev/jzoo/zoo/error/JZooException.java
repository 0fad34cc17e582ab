package dev.jzoo.zoo.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller's code did not cause, with a stable code and advice. {@link #getMessage()} contains both the failure
 * and the advice. A mistake of the caller is an {@link IllegalArgumentException}; a file that breaks its format is a
 * {@link DataFormatException}.
 */
public class JZooException extends RuntimeException {

    /** The kind of a failure. The command line exits with {@link #exitCode()}. */
    public enum Code {
        /** Any failure without a code of its own. */
        FAILED(1),
        /** A model, data set or file of that name does not exist. */
        NOT_FOUND(3),
        /** Bytes do not match their digest, size or reference output. */
        INTEGRITY(4),
        /** A download failed, or the network is needed while offline. */
        NETWORK(5),
        /** The requested device cannot be used. */
        DEVICE(6),
        /** Data or a model that cannot be used for the requested operation. */
        BAD_INPUT(7),
        /** A metric is below the requested minimum. */
        METRIC(8);

        private final int exitCode;

        Code(int exitCode) {
            this.exitCode = exitCode;
        }

        /** Returns the exit code of the command line, 1 to 8. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Code code;
    private final String summary;
    private final String hint;

    /**
     * Creates a failure without a cause.
     *
     * @param code the kind of failure
     * @param summary the failure, the found and the expected state
     * @param hint advice in a sentence; empty if there is none
     */
    public JZooException(Code code, String summary, String hint) {
        this(code, summary, hint, null);
    }

    /**
     * Creates a failure.
     *
     * @param code the kind of failure
     * @param summary the failure, the found and the expected state
     * @param hint advice in a sentence; empty if there is none
     * @param cause the underlying failure, or null
     */
    public JZooException(Code code, String summary, String hint, @Nullable Throwable cause) {
        super(sentences(summary, hint), cause);
        this.summary = summary;
        this.code = Objects.requireNonNull(code, "code");
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    private static String sentences(String summary, String hint) {
        if (hint.isEmpty()) {
            return summary;
        }
        return summary + (summary.endsWith(".") ? " " : ". ") + hint;
    }

    /** Returns the kind of failure. */
    public Code code() {
        return code;
    }

    /** Returns the message without the hint: the failure, the found and the expected state. */
    public String summary() {
        return summary;
    }

    /** Returns the advice in a sentence; empty if there is none. */
    public String hint() {
        return hint;
    }
}
