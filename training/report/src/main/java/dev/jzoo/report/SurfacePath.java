package dev.jzoo.report;

import java.util.function.DoubleBinaryOperator;

/** A path over a surface, such as the steps of an optimiser. */
record SurfacePath(String name, Palette colour, double[] x, double[] y) {

    /** The maximum number of steps with a mark each. */
    private static final int MARKERS = 40;

    SurfacePath {
        if (name.isBlank() || x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("Path '" + name + "' has " + x.length + " x and " + y.length
                    + " y; it must have a name and equal numbers of both, at least one.");
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new IllegalArgumentException("Path '" + name + "' has the point (" + x[i] + ", " + y[i]
                        + ") at index " + i + "; values must be finite. End a diverging path before it.");
            }
        }
        x = x.clone();
        y = y.clone();
    }

    void draw(Plot plot, int shape, double[] xRange, double[] yRange) {
        colour.open(plot.svg());
        StringBuilder path = new StringBuilder();
        for (int i = 0; i + 1 < x.length; i++) {
            double[] part = clip(i, xRange, yRange);
            if (part[0] <= part[1]) {
                append(path, 'M', plot, i, part[0]);
                append(path, 'L', plot, i, part[1]);
            }
        }
        plot.svg()
                .leaf(
                        "path",
                        "d",
                        path,
                        "fill",
                        "none",
                        "stroke",
                        "currentColor",
                        "stroke-width",
                        1.8,
                        "stroke-linecap",
                        "round");
        for (int i = 0; i < x.length; i++) {
            boolean end = i == 0 || i == x.length - 1;
            if ((end || x.length <= MARKERS) && isInside(x[i], xRange) && isInside(y[i], yRange)) {
                plot.svg().open("g");
                plot.svg()
                        .tooltip(name + ", step " + i + ": (" + Numerals.significant(x[i]) + ", "
                                + Numerals.significant(y[i]) + ")");
                Marker.draw(plot.svg(), shape, plot.x(x[i]), plot.y(y[i]));
                plot.svg().close();
            }
        }
        int last = x.length - 1;
        if (isInside(x[last], xRange) && isInside(y[last], yRange)) {
            // The ring tells the end from the start.
            plot.svg()
                    .leaf(
                            "circle",
                            "cx",
                            plot.x(x[last]),
                            "cy",
                            plot.y(y[last]),
                            "r",
                            6.5,
                            "fill",
                            "none",
                            "stroke",
                            "currentColor",
                            "stroke-width",
                            1.6);
        }
        plot.svg().close();
    }

    String describe(DoubleBinaryOperator surface) {
        int last = x.length - 1;
        return name + ": " + last + (last == 1 ? " step" : " steps") + " from " + point(0, surface) + " to "
                + point(last, surface);
    }

    private String point(int i, DoubleBinaryOperator surface) {
        return "(" + Numerals.significant(x[i]) + ", " + Numerals.significant(y[i]) + ") at "
                + Numerals.significant(surface.applyAsDouble(x[i], y[i]));
    }

    private void append(StringBuilder path, char command, Plot plot, int i, double share) {
        path.append(command).append(Numerals.coordinate(plot.x(x[i] + share * (x[i + 1] - x[i]))));
        path.append(' ').append(Numerals.coordinate(plot.y(y[i] + share * (y[i + 1] - y[i]))));
    }

    /** Returns the shares of a step between which it is inside the ranges (Liang and Barsky, 1984). */
    private double[] clip(int i, double[] xRange, double[] yRange) {
        double[] inside = {0, 1};
        clip(inside, x[i], x[i + 1], xRange);
        clip(inside, y[i], y[i + 1], yRange);
        return inside;
    }

    private static void clip(double[] inside, double from, double to, double[] range) {
        if (from == to) {
            inside[1] = isInside(from, range) ? inside[1] : -1;
            return;
        }
        double a = (range[0] - from) / (to - from);
        double b = (range[1] - from) / (to - from);
        inside[0] = Math.max(inside[0], Math.min(a, b));
        inside[1] = Math.min(inside[1], Math.max(a, b));
    }

    private static boolean isInside(double value, double[] range) {
        return value >= range[0] && value <= range[1];
    }
}
