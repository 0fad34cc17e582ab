package dev.jzoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Named lines over a common x: losses or accuracies per epoch, a learning-rate schedule, steps against error.
 *
 * <pre>{@code
 * Figure loss = LineChart.of("epoch", "cross-entropy")
 *         .line("train", trainLoss)
 *         .line("test", testLoss)
 *         .figure("Loss per epoch.");
 * }</pre>
 */
public final class LineChart {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;

    private final String xLabel;
    private final String yLabel;
    private final List<Line> lines = new ArrayList<>();
    private Scale xScale = Scale.LINEAR;
    private Scale yScale = Scale.LINEAR;

    private LineChart(String xLabel, String yLabel) {
        this.xLabel = Objects.requireNonNull(xLabel, "xLabel");
        this.yLabel = Objects.requireNonNull(yLabel, "yLabel");
    }

    /** A chart without lines yet. The labels say what the axes measure, with the unit. */
    public static LineChart of(String xLabel, String yLabel) {
        return new LineChart(xLabel, yLabel);
    }

    /** How the x axis is spaced; linear if not said. */
    public LineChart xScale(Scale scale) {
        xScale = scale;
        return this;
    }

    /** How the y axis is spaced; linear if not said. */
    public LineChart yScale(Scale scale) {
        yScale = scale;
        return this;
    }

    /** A line through (0, y[0]), (1, y[1]), ...; the values are copied. At least one, all finite. */
    public LineChart line(String name, double[] y) {
        return line(name, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
    }

    /** A line through (x[i], y[i]), x rising; the values are copied. At least one, all finite. */
    public LineChart line(String name, double[] x, double[] y) {
        return add(name, x, y, Line.LineStyle.MARKED);
    }

    /** A dashed level line to compare with, such as a published result. Draw at least one line before it. */
    public LineChart level(String name, double y) {
        requireLines();
        double from = xs().min().orElseThrow();
        double to = xs().max().orElseThrow();
        return add(name, new double[] {from, to}, new double[] {y, y}, Line.LineStyle.DASHED);
    }

    /**
     * Draws what was added.
     *
     * @throws IllegalArgumentException if there is no line, or a value is not above zero on a logarithmic axis
     */
    public Figure figure(String caption) {
        requireLines();
        lines.forEach(line -> {
            requirePositive(line, xScale, line.x);
            requirePositive(line, yScale, line.y);
        });
        boolean wholeX = xs().allMatch(x -> x == Math.rint(x));
        double lowest = lines.stream().mapToDouble(Line::lowest).min().orElseThrow();
        double highest = lines.stream().mapToDouble(Line::highest).max().orElseThrow();
        Axis x = Axis.tight(xLabel, xScale, xs().min().orElseThrow(), xs().max().orElseThrow(), wholeX);
        Axis y = Axis.rounded(yLabel, yScale, lowest, highest);
        String description = describe();
        Plot plot = new Plot(WIDTH, HEIGHT, description, x, y, Plot.keys(lines));
        plot.lines(lines);
        return new Figure(caption, description, plot.svg().finish(), WIDTH);
    }

    private LineChart add(String name, double[] x, double[] y, Line.LineStyle stroke) {
        lines.add(new Line(name, x, y, stroke, Palette.ofLine(lines.size())));
        return this;
    }

    private DoubleStream xs() {
        return lines.stream().flatMapToDouble(line -> Arrays.stream(line.x));
    }

    private void requireLines() {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("The chart of '" + yLabel + "' over '" + xLabel
                    + "' has no line. Add one with line(name, values).");
        }
    }

    private static void requirePositive(Line line, Scale scale, double[] values) {
        double lowest = Arrays.stream(values).min().orElseThrow();
        if (scale == Scale.LOG && lowest <= 0) {
            throw new IllegalArgumentException("Line '" + line.name + "' has the value " + lowest
                    + ", and a logarithmic axis has room for values above zero only. Use Scale.LINEAR.");
        }
    }

    private String describe() {
        return "Line chart of " + yLabel + " over " + xLabel + ". "
                + lines.stream().map(LineChart::describe).collect(Collectors.joining("; ")) + ".";
    }

    private static String describe(Line line) {
        if (line.stroke == Line.LineStyle.DASHED) {
            return line.name + ": level at " + Numerals.significant(line.last());
        }
        return line.name + ": from " + Numerals.significant(line.first()) + " to " + Numerals.significant(line.last())
                + ", lowest " + Numerals.significant(line.lowest()) + ", highest "
                + Numerals.significant(line.highest());
    }
}
