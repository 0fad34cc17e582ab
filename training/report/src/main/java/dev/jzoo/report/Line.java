package dev.jzoo.report;

import java.util.Arrays;

/** A named line of a plot: points (x, y) from left to right, how it is drawn and in which of the palette's colours. */
final class Line {

    /** How a line is drawn; what is only compared with is dashed, what nobody knows yet is dotted. */
    enum LineStyle {
        /** Solid, with a mark on each point while there are few. */
        MARKED("none", 2),
        /** Thin, with the same marks. */
        FAINT("none", 0.8),
        SOLID("none", 2),
        DASHED("6 4", 1.6),
        DOTTED("0.5 5", 3),
        /** As thick as a bar; for the legend of bars. */
        BAR("none", 10),
        /** No line between the marks; for the legend of points. */
        MARKS("none", 0);

        final String dashes;
        final double width;

        LineStyle(String dashes, double width) {
            this.dashes = dashes;
            this.width = width;
        }
    }

    final String name;
    final double[] x;
    final double[] y;
    final LineStyle stroke;
    final Palette colour;

    /** Copies the points; refuses an empty line, a value that is not finite, and an x that goes back. */
    Line(String name, double[] x, double[] y, LineStyle stroke, Palette colour) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A line needs a name for the legend, not a blank one.");
        }
        if (y.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("Line '" + name + "' has " + x.length + " x and " + y.length
                    + " y; it needs as many of one as of the other, and at least one.");
        }
        for (int i = 0; i < y.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new IllegalArgumentException("Line '" + name + "' has the point (" + x[i] + ", " + y[i]
                        + ") at index " + i + "; only finite values can be drawn. Leave such points out.");
            }
            if (i > 0 && x[i] < x[i - 1]) {
                throw new IllegalArgumentException("Line '" + name + "' goes back from x = " + x[i - 1] + " to " + x[i]
                        + " at index " + i + "; sort the points by x.");
            }
        }
        this.name = name;
        this.x = x.clone();
        this.y = y.clone();
        this.stroke = stroke;
        this.colour = colour;
    }

    double first() {
        return y[0];
    }

    double last() {
        return y[y.length - 1];
    }

    double lowest() {
        return Arrays.stream(y).min().orElseThrow();
    }

    double highest() {
        return Arrays.stream(y).max().orElseThrow();
    }
}
