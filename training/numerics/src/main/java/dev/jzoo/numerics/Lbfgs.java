package dev.jzoo.numerics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The minimum of a smooth convex function, by limited-memory BFGS (Liu and Nocedal, 1989). Its line search is that of Lewis and
 * Overton (2013), which finds a step that meets the weak Wolfe conditions by bisection. Deterministic: equal functions give equal
 * bits.
 */
public final class Lbfgs {

    private static final int MEMORY = 10;
    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int LONGEST_SEARCH = 40;

    /** A function with its gradient. */
    @FunctionalInterface
    public interface SmoothFunction {
        /** Returns the value at a point, and fills the gradient. */
        double at(double[] point, double[] gradient);
    }

    /** A step and the change of the gradient along it. */
    private record CurvaturePair(double[] step, double[] change, double inverse) {}

    private Lbfgs() {}

    /**
     * Finds the minimum.
     *
     * @param start the starting point
     * @param tolerance stops when no component of the gradient is larger in magnitude; above 0
     * @param limit the maximum number of steps
     */
    public static double[] minimum(SmoothFunction function, double[] start, double tolerance, int limit) {
        int n = start.length;
        double[] point = start.clone();
        double[] gradient = new double[n];
        double value = function.at(point, gradient);
        Deque<CurvaturePair> pairs = new ArrayDeque<>();
        for (int step = 0; step < limit && largest(gradient) > tolerance; step++) {
            double[] direction = direction(gradient, pairs);
            double slope = Vectors.dot(gradient, direction);
            double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(Vectors.dot(gradient, gradient))) : 1;
            double shortest = 0;
            double longest = Double.POSITIVE_INFINITY;
            double[] next = new double[n];
            double[] nextGradient = new double[n];
            double nextValue = value;
            for (int i = 0; i < LONGEST_SEARCH; i++) {
                for (int k = 0; k < n; k++) {
                    next[k] = point[k] + length * direction[k];
                }
                nextValue = function.at(next, nextGradient);
                if (!(nextValue <= value + DECREASE * length * slope)) {
                    longest = length;
                } else if (Vectors.dot(nextGradient, direction) < CURVATURE * slope) {
                    shortest = length;
                } else {
                    break;
                }
                length = Double.isInfinite(longest) ? 2 * shortest : (shortest + longest) / 2;
            }
            if (!(nextValue < value)) {
                break; // rounding errors: no lower point exists in this direction
            }
            remember(pairs, difference(next, point), difference(nextGradient, gradient));
            point = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return point;
    }

    private static void remember(Deque<CurvaturePair> pairs, double[] step, double[] change) {
        double curvature = Vectors.dot(step, change);
        if (curvature <= 1e-300) {
            return;
        }
        if (pairs.size() == MEMORY) {
            pairs.removeFirst();
        }
        pairs.addLast(new CurvaturePair(step, change, 1 / curvature));
    }

    /** Returns minus the inverse Hessian times the gradient, estimated from the last steps by the two-loop recursion. */
    private static double[] direction(double[] gradient, Deque<CurvaturePair> pairs) {
        double[] result = new double[gradient.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = -gradient[i];
        }
        double[] shares = new double[pairs.size()];
        Iterator<CurvaturePair> newestFirst = pairs.descendingIterator();
        for (int i = shares.length - 1; i >= 0; i--) {
            CurvaturePair pair = newestFirst.next();
            shares[i] = pair.inverse * Vectors.dot(pair.step, result);
            Vectors.addScaled(-shares[i], pair.change, result);
        }
        if (!pairs.isEmpty()) {
            CurvaturePair newest = pairs.getLast();
            double scale = 1 / (newest.inverse * Vectors.dot(newest.change, newest.change));
            for (int i = 0; i < result.length; i++) {
                result[i] *= scale;
            }
        }
        int i = 0;
        for (CurvaturePair pair : pairs) {
            double share = shares[i++] - pair.inverse * Vectors.dot(pair.change, result);
            Vectors.addScaled(share, pair.step, result);
        }
        return result;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] result = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = a[i] - b[i];
        }
        return result;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
