package dev.jzoo.datasets.catalogue;

/**
 * A movement of a pen through control points, given as x, y pairs: straight from point to point, or along a uniform Catmull-Rom
 * spline, which passes through every point.
 */
final class PenStroke {

    private enum StrokeKind {
        LINE,
        CURVE,
        LOOP
    }

    private static final int STEPS = 6;

    private final StrokeKind kind;
    private final double[] points;

    private PenStroke(StrokeKind kind, double[] points) {
        this.kind = kind;
        this.points = points;
    }

    static PenStroke line(double... points) {
        return new PenStroke(StrokeKind.LINE, points);
    }

    static PenStroke curve(double... points) {
        return new PenStroke(StrokeKind.CURVE, points);
    }

    /** Returns a closed curve. */
    static PenStroke loop(double... points) {
        return new PenStroke(StrokeKind.LOOP, points);
    }

    /** A mapping of points to new positions [x, y]. */
    @FunctionalInterface
    interface PenMove {
        double[] apply(double x, double y);
    }

    /** Returns the stroke through mapped control points. */
    PenStroke map(PenMove move) {
        double[] moved = new double[points.length];
        for (int i = 0; i < points.length; i += 2) {
            System.arraycopy(move.apply(points[i], points[i + 1]), 0, moved, i, 2);
        }
        return new PenStroke(kind, moved);
    }

    /** Returns the stroke as a chain of straight pieces, x and y pairs. */
    double[] polyline() {
        if (kind == StrokeKind.LINE) {
            return points;
        }
        int spans = kind == StrokeKind.LOOP ? count() : count() - 1;
        double[] chain = new double[2 * (spans * STEPS + 1)];
        for (int i = 0; i <= spans * STEPS; i++) {
            int span = Math.min(i / STEPS, spans - 1);
            double t = (i - span * STEPS) / (double) STEPS;
            for (int axis = 0; axis < 2; axis++) {
                chain[2 * i + axis] = catmullRom(
                        coordinate(span - 1, axis),
                        coordinate(span, axis),
                        coordinate(span + 1, axis),
                        coordinate(span + 2, axis),
                        t);
            }
        }
        return chain;
    }

    private static double catmullRom(double before, double from, double to, double after, double t) {
        return from
                + 0.5
                        * t
                        * (to
                                - before
                                + t
                                        * (2 * before
                                                - 5 * from
                                                + 4 * to
                                                - after
                                                + t * (3 * (from - to) + after - before)));
    }

    private int count() {
        return points.length / 2;
    }

    /** Returns a coordinate of a control point. Beyond the ends, a loop wraps around and a curve repeats its end point. */
    private double coordinate(int point, int axis) {
        int index = kind == StrokeKind.LOOP ? Math.floorMod(point, count()) : Math.max(0, Math.min(count() - 1, point));
        return points[2 * index + axis];
    }
}
