package dev.jzoo.export;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;

/**
 * How far an exported network may be from its framework. A value that differs by at most
 * {@code max(absolute, relative * scale)} agrees.
 *
 * @param absolute a difference that is allowed whatever the value, in an output whose largest magnitude is 1 or more; in
 *     proportion to that below
 * @param relative a difference that is allowed in relation to the scale
 * @param scale what the relative difference is measured by
 */
public record Tolerance(double absolute, double relative, ErrorScale scale) {

    /** What a difference is compared with. */
    public enum ErrorScale {
        /** Each value of an output by itself. */
        VALUE,
        /** The largest magnitude in the output that the value is part of. */
        LARGEST_OF_OUTPUT,
        /** The largest magnitude in the same entry of the output's first axis. */
        LARGEST_OF_EXAMPLE
    }

    /** Outputs that are small throughout are held to a part of their largest magnitude, down to this. */
    private static final double SMALLEST_SCALE = 1e-4;

    public Tolerance {
        if (!(absolute >= 0 && relative >= 0 && absolute + relative > 0)) {
            throw new IllegalArgumentException("Expected tolerances of 0 or more, one of them above 0, not " + absolute
                    + " and " + relative + ".");
        }
    }

    /**
     * max(1e-5, 1e-4 times the value): what every export is held to unless another tolerance is asked for. An output of doubles
     * is held to a thousandth of that, one of halves to a hundred times that.
     */
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

    /** The same for an output of that type: halves round more coarsely, doubles more finely than floats. */
    Tolerance of(DataType type) {
        double coarseness =
                switch (type) {
                    case FLOAT16 -> 100;
                    case BFLOAT16 -> 800;
                    // settings of operators are floats in a network of doubles too
                    case DOUBLE -> 1e-3;
                    default -> 1;
                };
        return new Tolerance(absolute * coarseness, relative * coarseness, scale);
    }

    /** The same for values of a type in a graph, in the precision that it computes them in: ONNX Runtime lacks some operators for doubles. */
    Tolerance within(Graph graph, DataType type) {
        Attribute toFloat = new Attribute.Int(DataType.FLOAT.code());
        boolean isRounded = graph.nodes().stream()
                .anyMatch(node -> node.opType().equals("Cast")
                        && toFloat.equals(node.attributes().get("to")));
        return of(type == DataType.DOUBLE && isRounded ? DataType.FLOAT : type);
    }

    /** The same numbers, measured by another scale. */
    Tolerance relativeTo(ErrorScale other) {
        return new Tolerance(absolute, relative, other);
    }

    /**
     * The difference that is allowed at a value.
     *
     * @param largest magnitude in what the relative difference is measured by
     * @param largestOfAll magnitude in the output: the absolute difference shrinks with it where it is below 1, so that an output
     *     of small numbers does not agree with anything near 0
     */
    double of(double value, double largest, double largestOfAll) {
        double floor = absolute * Math.min(1, Math.max(SMALLEST_SCALE, largestOfAll));
        return Math.max(floor, relative * (scale == ErrorScale.VALUE ? Math.abs(value) : largest));
    }
}
