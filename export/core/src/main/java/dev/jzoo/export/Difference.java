package dev.jzoo.export;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import java.util.Arrays;

/**
 * The difference between a tensor and its expected values. Only finite numbers are compared: a NaN or an infinity on
 * both sides gives no evidence about the computation.
 *
 * @param values number of values that were compared
 * @param unusable number of values that are the same NaN or infinity on both sides
 * @param maxAbsolute largest absolute difference; infinite if the shapes differ
 * @param maxError largest difference, relative to the expected value if that is above 1; infinite if the shapes differ
 * @param excess largest difference as a multiple of the allowed difference: above 1 the tensors differ
 * @param worst a description of the worst value outside the tolerance, of different shapes, or of a value that cannot
 * be compared; empty if every value agrees
 */
public record Difference(long values, long unusable, double maxAbsolute, double maxError, double excess, String worst) {

    /**
     * Number of values below which the output's scale says little. A few values may all be near 0 by chance: each is
     * then the difference of larger numbers and carries their rounding.
     */
    private static final int TELLING = 16;

    /** The names of the two sides of a comparison, for messages. */
    public record Sides(String expected, String actual) {

        /** A network's framework and ONNX Runtime running its file. */
        public static final Sides FRAMEWORK = new Sides("the framework", "ONNX Runtime");

        /** A network's own export and a file from elsewhere. */
        static final Sides FILE = new Sides("the network", "the file");
    }

    public static Difference of(Tensor expected, Tensor actual, Tolerance tolerance, Sides sides) {
        if (!Arrays.equals(axes(expected), axes(actual))) {
            double infinite = Double.POSITIVE_INFINITY;
            String shapes = Arrays.toString(expected.shape()) + " in " + sides.expected() + ", "
                    + Arrays.toString(actual.shape()) + " in " + sides.actual();
            return new Difference(0, 0, infinite, infinite, infinite, "shape: " + shapes);
        }
        int rows = expected.shape().length == 0 ? 1 : (int) expected.shape()[0];
        return of(doubles(expected), doubles(actual), rows, tolerance, sides);
    }

    /** Returns the sizes of the axes, without axes of one element: frameworks drop a batch of one, a graph cannot. */
    private static long[] axes(Tensor tensor) {
        return Arrays.stream(tensor.shape()).filter(size -> size != 1).toArray();
    }

    private static Difference of(double[] expected, double[] actual, int rows, Tolerance tolerance, Sides sides) {
        double[] largest = largest(expected, tolerance.scale() == Tolerance.ErrorScale.LARGEST_OF_EXAMPLE ? rows : 1);
        double largestOfAll =
                expected.length < TELLING ? 1 : Arrays.stream(largest).max().orElse(0);
        long unusable = 0;
        double maxAbsolute = 0;
        double maxError = 0;
        double worstExcess = 0;
        int worst = -1;
        int firstUnusable = -1;
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(expected[i], actual[i]) == 0) {
                if (!Double.isFinite(expected[i])) {
                    firstUnusable = unusable == 0 ? i : firstUnusable;
                    unusable++;
                }
                continue;
            }
            // A NaN or an infinity on one side only is the worst possible disagreement.
            double difference = finite(Math.abs(expected[i] - actual[i]));
            maxAbsolute = Math.max(maxAbsolute, difference);
            maxError = Math.max(maxError, finite(difference / Math.max(1, Math.abs(expected[i]))));
            double scale = largest[(int) ((long) i * largest.length / expected.length)];
            double excess = finite(difference / tolerance.of(expected[i], scale, largestOfAll));
            if (excess > worstExcess) {
                worstExcess = excess;
                worst = i;
            }
        }
        String words = "";
        if (worstExcess > 1) {
            words = "value " + worst + ": " + expected[worst] + " in " + sides.expected() + ", " + actual[worst]
                    + " in " + sides.actual();
        } else if (unusable > 0) {
            words = "value " + firstUnusable + " is " + expected[firstUnusable] + " in " + sides.expected() + " and in "
                    + sides.actual();
        } else if (expected.length == 0) {
            words = "there are no values";
        }
        return new Difference(expected.length - unusable, unusable, maxAbsolute, maxError, worstExcess, words);
    }

    /** Splits the values into equal parts and returns the largest finite magnitude of each. */
    private static double[] largest(double[] values, int parts) {
        double[] largest = new double[Math.max(1, parts)];
        for (int i = 0; i < values.length; i++) {
            double magnitude = Math.abs(values[i]);
            if (magnitude < Double.POSITIVE_INFINITY) {
                int part = (int) ((long) i * largest.length / values.length);
                largest[part] = Math.max(largest[part], magnitude);
            }
        }
        return largest;
    }

    private static double finite(double difference) {
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /** Returns whether there are values, all of them are finite, and each is within the tolerance. */
    boolean agrees() {
        return excess <= 1 && unusable == 0 && values > 0;
    }

    /** Returns whether a value is outside the tolerance. The same NaN or infinity on both sides does not count. */
    boolean differs() {
        return excess > 1;
    }

    private static double[] doubles(Tensor tensor) {
        if (tensor.type() == ElementType.STRING) {
            throw new IllegalArgumentException("Tensors of " + tensor.type() + " cannot be compared.");
        }
        return tensor.numbers();
    }
}
