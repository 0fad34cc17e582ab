package dev.jzoo.export;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import java.util.Arrays;

/**
 * How far a tensor is from what it should be.
 *
 * @param values number of values that were compared
 * @param maxAbsolute largest absolute difference; infinite where the shapes differ
 * @param maxError largest difference, relative to the expected value where that is above 1; infinite where the shapes differ
 * @param excess largest difference as a multiple of what is allowed there: above 1 the tensors do not agree
 * @param worst the value outside the tolerance that differs most, or the shapes, in words; empty if every value agrees
 */
public record Difference(long values, double maxAbsolute, double maxError, double excess, String worst) {

    /** What the two tensors of a comparison are called in words. */
    public record Sides(String expected, String actual) {

        /** A network against its file. */
        public static final Sides FRAMEWORK = new Sides("the framework", "ONNX Runtime");

        /** A network's own export against a file from anywhere. */
        static final Sides FILE = new Sides("the network", "the file");
    }

    public static Difference of(Tensor expected, Tensor actual, Tolerance tolerance, Sides sides) {
        if (!Arrays.equals(axes(expected), axes(actual))) {
            double infinite = Double.POSITIVE_INFINITY;
            String shapes = Arrays.toString(expected.shape()) + " in " + sides.expected() + ", "
                    + Arrays.toString(actual.shape()) + " in " + sides.actual();
            return new Difference(0, infinite, infinite, infinite, "shape: " + shapes);
        }
        return of(doubles(expected), doubles(actual), tolerance, sides);
    }

    /** Sizes of the axes. Those of one element do not count: frameworks drop the batch where it is one, a graph cannot. */
    private static long[] axes(Tensor tensor) {
        return Arrays.stream(tensor.shape()).filter(size -> size != 1).toArray();
    }

    private static Difference of(double[] expected, double[] actual, Tolerance tolerance, Sides sides) {
        double largest = Arrays.stream(expected)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double maxAbsolute = 0;
        double maxError = 0;
        double worstExcess = 0;
        int worst = -1;
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(expected[i], actual[i]) == 0) {
                continue;
            }
            // A NaN or an infinity on one side alone is the worst disagreement that there is.
            double difference = finite(Math.abs(expected[i] - actual[i]));
            maxAbsolute = Math.max(maxAbsolute, difference);
            maxError = Math.max(maxError, finite(difference / Math.max(1, Math.abs(expected[i]))));
            double excess = finite(difference / tolerance.of(expected[i], largest));
            if (excess > worstExcess) {
                worstExcess = excess;
                worst = i;
            }
        }
        String words = worstExcess <= 1
                ? ""
                : "value " + worst + ": " + expected[worst] + " in " + sides.expected() + ", " + actual[worst] + " in "
                        + sides.actual();
        return new Difference(expected.length, maxAbsolute, maxError, worstExcess, words);
    }

    private static double finite(double difference) {
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /** Whether every value is within the tolerance. */
    boolean agrees() {
        return excess <= 1;
    }

    private static double[] doubles(Tensor tensor) {
        if (tensor.type() == ElementType.STRING) {
            throw new IllegalArgumentException("Tensors of " + tensor.type() + " cannot be compared.");
        }
        return tensor.numbers();
    }
}
