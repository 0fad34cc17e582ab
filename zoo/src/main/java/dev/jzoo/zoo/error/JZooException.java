package dev.jzoo.zoo.error;

import java.util.Objects;

/**
 * A failure that the caller's code did not cause, with a stable code and what to do about it. {@link #getMessage()} contains all of it. A mistake of the caller is
 * an {@link IllegalArgumentException}; a file that breaks its format is a {@link DataFormatException}.
 */
public class JZooException extends RuntimeException {

    /** What kind of failure it is. The command line exits with {@link #exitCode()}. */
    public enum Code {
        /** Something failed that no other code describes. */
        FAILED(1),
        /** A model, data set or file of that name does not exist. */
        NOT_FOUND(3),
        /** Bytes are not what their digest, size or reference output says. */
        INTEGRITY(4),
        /** A download failed, or the network is needed while offline. */
        NETWORK(5),
        /** The device that was asked for cannot be used. */
        DEVICE(6),
        /** Data or a model that cannot be used as asked. */
        BAD_INPUT(7),
        /** A metric is below the minimum that was asked for. */
        METRIC(8);

        private final int exitCode;

        Code(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of the command line, 1 to 8. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Code code;
    private final String summary;
    private final String hint;

    /**
     * @param code the kind of failure
     * @param summary what happened and what was expected
     * @param hint what to do about it, a sentence; empty if there is nothing to do
     */
    public JZooException(Code code, String summary, String hint) {
        this(code, summary, hint, null);
    }

    /**
     * @param code the kind of failure
     * @param summary what happened and what was expected
     * @param hint what to do about it, a sentence; empty if there is nothing to do
     * @param cause what it came from, or null
     */
    public JZooException(Code code, String summary, String hint, Throwable cause) {
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

    /** The kind of failure. */
    public Code code() {
        return code;
    }

    /** What happened and what was expected; {@link #getMessage()} without the hint. */
    public String summary() {
        return summary;
    }

    /** What to do about it, a sentence; empty if there is nothing to do. */
    public String hint() {
        return hint;
    }
}
