package dev.jzoo.export;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;

/**
 * The allowed difference between an exported network and its framework. A value agrees if it differs by at most {@code
 * max(absolute, relative * scale)}.
 *
 * @param absolute difference that is allowed for any value, in an output whose largest magnitude is 1 or more; below
 * that it shrinks in proportion
 * @param relative allowed difference relative to the scale
 * @param scale the measure for the relative difference
 */
public record Tolerance(double absolute, double relative, ErrorScale scale) {

    /** The measure for a relative difference. */
    public enum ErrorScale {
        /** Each value of an output alone. */
        VALUE,
        /** The largest magnitude in the whole output. */
        LARGEST_OF_OUTPUT,
        /** The largest magnitude in the same entry of the output's first axis. */
        LARGEST_OF_EXAMPLE
    }

    /** The smallest scale of an output whose values are all small; the absolute difference does not shrink further. */
    private static final double SMALLEST_SCALE = 1e-4;

    public Tolerance {
        if (!(absolute >= 0 && relative >= 0 && absolute + relative > 0)) {
            throw new IllegalArgumentException("Expected tolerances of 0 or more, at least one above 0, found "
                    + absolute + " and " + relative + ".");
        }
    }

    /**
     * Returns max(1e-5, 1e-4 times the value), the default of every export. For an output of doubles it is a thousandth
     * of that, for halves a hundred times that.
     */
    public static Tolerance strict() {
        return new Tolerance(Parity.ABSOLUTE, Parity.RELATIVE, ErrorScale.VALUE);
    }

    /**
     * Returns max(1e-5, 1e-4 times the largest magnitude in the output). Use it for deep networks whose outputs are not
     * normalised, such as logits or box coordinates. There a value near 0 is the difference of large sums and carries
     * their rounding.
     */
    public static Tolerance deep() {
        return new Tolerance(Parity.ABSOLUTE, Parity.RELATIVE, ErrorScale.LARGEST_OF_OUTPUT);
    }

    /**
     * Returns the same tolerance for an output of a type: halves round more coarsely, doubles more finely than floats.
     */
    Tolerance of(DataType type) {
        double coarseness =
                switch (type) {
                    case FLOAT16 -> 100;
                    case BFLOAT16 -> 800;
                    // Attributes of operators are floats, even in a network of doubles.
                    case DOUBLE -> 1e-3;
                    default -> 1;
                };
        return new Tolerance(absolute * coarseness, relative * coarseness, scale);
    }

    /**
     * Returns the same tolerance for values of a type in a graph, in the precision in which the graph computes them:
     * ONNX Runtime lacks some operators for doubles.
     */
    Tolerance within(Graph graph, DataType type) {
        Attribute toFloat = new Attribute.Int(DataType.FLOAT.code());
        boolean isRounded = graph.nodes().stream()
                .anyMatch(node -> node.opType().equals("Cast")
                        && toFloat.equals(node.attributes().get("to")));
        return of(type == DataType.DOUBLE && isRounded ? DataType.FLOAT : type);
    }

    /** Returns the same numbers, measured by another scale. */
    Tolerance relativeTo(ErrorScale other) {
        return new Tolerance(absolute, relative, other);
    }

    /**
     * Returns the allowed difference for a value.
     *
     * @param largest largest magnitude in the values that the relative difference is measured by
     * @param largestOfAll largest magnitude in the output. If it is below 1, the absolute difference shrinks with it,
     * so that an output of small numbers does not agree with everything near 0.
     */
    double of(double value, double largest, double largestOfAll) {
        double floor = absolute * Math.min(1, Math.max(SMALLEST_SCALE, largestOfAll));
        return Math.max(floor, relative * (scale == ErrorScale.VALUE ? Math.abs(value) : largest));
    }
}
