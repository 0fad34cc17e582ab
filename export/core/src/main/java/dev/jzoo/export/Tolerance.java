package dev.jzoo.export;

/**
 * How far an exported network may be from its framework. A value that differs by at most
 * {@code max(absolute, relative * scale)} agrees.
 *
 * @param absolute a difference that is always allowed
 * @param relative a difference that is allowed in relation to the scale
 * @param scale what the relative difference is measured by
 */
public record Tolerance(double absolute, double relative, ErrorScale scale) {

    /** What a difference is compared with. */
    public enum ErrorScale {
        /** Each value of an output by itself. */
        VALUE,
        /** The largest magnitude in the output that the value is part of. */
        LARGEST_OF_OUTPUT
    }

    public Tolerance {
        if (!(absolute >= 0 && relative >= 0 && absolute + relative > 0)) {
            throw new IllegalArgumentException("Expected tolerances of 0 or more, one of them above 0, not " + absolute
                    + " and " + relative + ".");
        }
    }

    /** max(1e-5, 1e-4 times the value): what every export is held to unless another tolerance is asked for. */
    public static Tolerance strict() {
        return new Tolerance(Parity.ABSOLUTE, Parity.RELATIVE, ErrorScale.VALUE);
    }

    /**
     * max(1e-5, 1e-4 times the largest magnitude in the output): for deep networks whose outputs are not normalised, such as
     * logits or box coordinates. There a value near 0 is the difference of large sums, and carries their rounding.
     */
    public static Tolerance deep() {
        return new Tolerance(Parity.ABSOLUTE, Parity.RELATIVE, ErrorScale.LARGEST_OF_OUTPUT);
    }

    /** The same numbers, measured by the largest magnitude. */
    Tolerance relativeToLargest() {
        return new Tolerance(absolute, relative, ErrorScale.LARGEST_OF_OUTPUT);
    }

    /** The difference that is allowed at a value, given the largest magnitude in its output. */
    double of(double value, double largest) {
        return Math.max(absolute, relative * (scale == ErrorScale.VALUE ? Math.abs(value) : largest));
    }
}
