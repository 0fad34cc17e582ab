package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import java.util.Arrays;

/** Differences between values of the framework and of ONNX Runtime, over many tensors. */
final class Comparison {

    private final Tolerance tolerance;
    private long values;
    private double maxAbsolute;
    private double maxError;
    private double worstExcess;
    private String disagreement = "";

    Comparison(Tolerance tolerance) {
        this.tolerance = tolerance;
    }

    /** Compares two tensors. Returns whether they agree. */
    boolean add(String where, Tensor expected, Tensor actual) {
        if (!Arrays.equals(axes(expected), axes(actual))) {
            worstExcess = Double.POSITIVE_INFINITY;
            disagreement = where + " is " + Arrays.toString(expected.shape()) + " in the framework and "
                    + Arrays.toString(actual.shape()) + " in ONNX Runtime";
            return false;
        }
        return add(where, doubles(expected), doubles(actual));
    }

    /** Sizes of the axes. Those of one element do not count: frameworks drop the batch where it is one, a graph cannot. */
    private static long[] axes(Tensor tensor) {
        return Arrays.stream(tensor.shape()).filter(size -> size != 1).toArray();
    }

    private boolean add(String where, double[] expected, double[] actual) {
        boolean agree = true;
        values += expected.length;
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(expected[i], actual[i]) == 0) {
                continue;
            }
            double difference = Math.abs(expected[i] - actual[i]);
            maxAbsolute = Math.max(maxAbsolute, difference);
            maxError = Math.max(maxError, difference / Math.max(1, Math.abs(expected[i])));
            double excess = difference / tolerance.of(expected[i], largest);
            // Not "excess > 1": a NaN on one side alone must count as a disagreement, the worst there is.
            agree &= excess <= 1;
            if (!(excess <= Math.max(1, worstExcess))) {
                worstExcess = Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
                disagreement = where + ", value " + i + ": " + expected[i] + " in the framework, " + actual[i]
                        + " in ONNX Runtime";
            }
        }
        return agree;
    }

    long values() {
        return values;
    }

    double maxAbsolute() {
        return maxAbsolute;
    }

    double maxError() {
        return maxError;
    }

    /** The worst value outside the tolerance, in words; empty if every value agrees. */
    String disagreement() {
        return disagreement;
    }

    private static double[] doubles(Tensor tensor) {
        return switch (tensor.type()) {
            case FLOAT -> {
                float[] floats = tensor.floats();
                double[] doubles = new double[floats.length];
                for (int i = 0; i < floats.length; i++) {
                    doubles[i] = floats[i];
                }
                yield doubles;
            }
            case DOUBLE -> tensor.doubles();
            case INT64 -> Arrays.stream(tensor.longs()).asDoubleStream().toArray();
            case INT32 -> Arrays.stream(tensor.ints()).asDoubleStream().toArray();
            case BOOL -> {
                boolean[] flags = tensor.booleans();
                double[] doubles = new double[flags.length];
                for (int i = 0; i < flags.length; i++) {
                    doubles[i] = flags[i] ? 1 : 0;
                }
                yield doubles;
            }
            default -> throw new IllegalArgumentException("Outputs of " + tensor.type() + " cannot be compared.");
        };
    }
}
