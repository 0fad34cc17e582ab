package dev.jzoo.report;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The mean of several runs, and their lowest and highest values at each x. */
record Band(String name, Palette colour, double[] x, double[] mean, double[] low, double[] high, int runs) {

    /** Computes the band of runs [run][x]. Fails with IllegalArgumentException if there are too few, or they differ in length. */
    static Band of(String name, double[][] runs, double[] x, Palette colour) {
        if (runs.length < 2 || Arrays.stream(runs).anyMatch(run -> run.length != x.length)) {
            throw new IllegalArgumentException("The runs '" + name + "' have the lengths "
                    + Arrays.toString(
                            Arrays.stream(runs).mapToInt(run -> run.length).toArray())
                    + "; there must be two or more of equal length.");
        }
        double[] mean = new double[x.length];
        double[] low = new double[x.length];
        double[] high = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int at = i;
            var values = Arrays.stream(runs).mapToDouble(run -> run[at]).summaryStatistics();
            mean[i] = values.getAverage();
            low[i] = values.getMin();
            high[i] = values.getMax();
        }
        return new Band(name, colour, x, mean, low, high, runs.length);
    }

    /** Returns the lower and the upper edge. */
    Stream<Line> edges() {
        return Stream.of(lowEdge(), new Line(name, x, high, Line.LineStyle.SOLID, colour));
    }

    Line lowEdge() {
        return new Line(name, x, low, Line.LineStyle.SOLID, colour);
    }

    void draw(Plot plot) {
        StringBuilder path = new StringBuilder();
        IntStream.range(0, x.length).forEach(i -> append(path, plot, x[i], high[i]));
        IntStream.range(0, x.length).forEach(i -> append(path, plot, x[x.length - 1 - i], low[x.length - 1 - i]));
        colour.open(plot.svg());
        plot.svg().leaf("path", "d", path.append(" z"), "fill-opacity", 0.18);
        plot.svg().close();
    }

    String describe() {
        int last = x.length - 1;
        return "the mean of " + runs + " runs, which end between " + Numerals.significant(low[last]) + " and "
                + Numerals.significant(high[last]);
    }

    private static void append(StringBuilder path, Plot plot, double x, double y) {
        path.append(path.isEmpty() ? "M" : " L").append(Numerals.coordinate(plot.x(x)));
        path.append(' ').append(Numerals.coordinate(plot.y(y)));
    }
}
