package dev.jzoo.report;

import java.util.Arrays;

/** A named line of a plot: points (x, y) from left to right, with style and colour. */
final class Line {

    /** The style of a line. Lines for comparison are dashed, and forecasts of unknown values dotted. */
    enum LineStyle {
        /** A solid line, with a mark on each point unless there are many. */
        MARKED("none", 2),
        /** A thin line, with the same marks. */
        FAINT("none", 0.8),
        SOLID("none", 2),
        DASHED("6 4", 1.6),
        DOTTED("0.5 5", 3),
        /** A line as thick as a bar, for the legend of bars. */
        BAR("none", 10),
        /** Marks without a line, for the legend of points. */
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

    /** Copies the points. Rejects an empty line, a value that is not finite, and decreasing x. */
    Line(String name, double[] x, double[] y, LineStyle stroke, Palette colour) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a line must not be blank, because the legend shows it.");
        }
        if (y.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("Line '" + name + "' has " + x.length + " x and " + y.length
                    + " y; their numbers must be equal and at least one.");
        }
        for (int i = 0; i < y.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new IllegalArgumentException("Line '" + name + "' has the point (" + x[i] + ", " + y[i]
                        + ") at index " + i + "; values must be finite. Leave such points out.");
            }
            if (i > 0 && x[i] < x[i - 1]) {
                throw new IllegalArgumentException("Line '" + name + "' goes back from x = " + x[i - 1] + " to " + x[i]
                        + " at index " + i + ". Sort the points by x.");
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
