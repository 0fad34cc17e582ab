package dev.jzoo.numerics;

/** Operations on vectors of equal length, in double precision, from the first element to the last. */
public final class Vectors {

    private Vectors() {}

    /** Returns the sum of the products of the elements. */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Adds a multiple of a vector to another: target += factor * vector. */
    public static void addScaled(double factor, double[] vector, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * vector[i];
        }
    }
}
