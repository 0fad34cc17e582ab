package dev.jzoo.export;

import java.util.List;

/**
 * How far ONNX Runtime is from the framework that a network was trained in, on the same inputs.
 *
 * @param values number of output values that were compared
 * @param batches batch sizes that were tried
 * @param maxAbsolute largest absolute difference
 * @param maxError largest difference, relative to the framework's value where that is above 1
 * @param disagreement the worst value outside the tolerance, in words; empty if every value agrees
 */
public record Parity(long values, List<Integer> batches, double maxAbsolute, double maxError, String disagreement) {

    /** A difference that {@link Tolerance#strict()} always allows. */
    public static final double ABSOLUTE = 1e-5;

    /** A difference that {@link Tolerance#strict()} allows in relation to the framework's value. */
    public static final double RELATIVE = 1e-4;

    public Parity {
        batches = List.copyOf(batches);
    }

    /** Whether every value differs by at most what the export's {@link Tolerance} allows. */
    public boolean agrees() {
        return disagreement.isEmpty();
    }
}
