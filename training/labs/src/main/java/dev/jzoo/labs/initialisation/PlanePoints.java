package dev.jzoo.labs.initialisation;

import dev.jzoo.scratch.Array;
import java.util.Random;
import java.util.stream.IntStream;

/** Points in the plane, each of class 0 or 1: small data sets for networks with two inputs. It does not copy its arrays. */
public final class PlanePoints {

    private final Array inputs;
    private final int[] classes;

    private PlanePoints(Array inputs, int[] classes) {
        this.inputs = inputs;
        this.classes = classes;
    }

    /**
     * Draws points of two circles around the origin, radius 1 for class 0 and 1/2 for class 1, in turn.
     *
     * @param noise standard deviation that is added to both coordinates
     */
    public static PlanePoints circles(int count, double noise, Random random) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = i % 2 == 0 ? 1 : 0.5;
            rows[i] = noisy(radius * Math.cos(angle), radius * Math.sin(angle), noise, random);
        }
        return alternating(rows);
    }

    /**
     * Draws points of two half circles that reach into each other, like two moons, in turn.
     *
     * @param noise standard deviation that is added to both coordinates
     */
    public static PlanePoints moons(int count, double noise, Random random) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            double angle = Math.PI * random.nextDouble();
            double side = i % 2 == 0 ? 1 : -1;
            rows[i] = noisy(side * (Math.cos(angle) - 0.5), side * (Math.sin(angle) - 0.25), noise, random);
        }
        return alternating(rows);
    }

    private static double[] noisy(double x, double y, double noise, Random random) {
        return new double[] {x + noise * random.nextGaussian(), y + noise * random.nextGaussian()};
    }

    private static PlanePoints alternating(double[][] rows) {
        return new PlanePoints(
                Array.rows(rows),
                IntStream.range(0, rows.length).map(i -> i % 2).toArray());
    }

    /** Returns the given points, in that order. */
    public PlanePoints take(int... rows) {
        return new PlanePoints(
                inputs.take(rows), IntStream.of(rows).map(row -> classes[row]).toArray());
    }

    /** Returns the number of points. */
    public int size() {
        return classes.length;
    }

    /** Returns the coordinates, [points, 2]. */
    public Array inputs() {
        return inputs;
    }

    /** Returns the class of each point. */
    public int[] classes() {
        return classes;
    }

    /** Returns one coordinate of the points of a class. */
    public double[] coordinate(int axis, int of) {
        return IntStream.range(0, classes.length)
                .filter(i -> classes[i] == of)
                .mapToDouble(i -> inputs.get(i, axis))
                .toArray();
    }

    /** Returns the classes as targets of one output, [points, 1]. */
    public Array targets() {
        return Array.of(IntStream.of(classes).asDoubleStream().toArray(), classes.length, 1);
    }

    /** Returns the share of the points whose class an output tells: a logit above 0 for class 1. */
    public double accuracy(Array logits) {
        long right = IntStream.range(0, classes.length)
                .filter(i -> (logits.values()[i] > 0) == (classes[i] == 1))
                .count();
        return (double) right / classes.length;
    }
}
