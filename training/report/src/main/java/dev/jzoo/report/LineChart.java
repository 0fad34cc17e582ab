package dev.jzoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Named lines over a common x: losses or accuracies per epoch, a learning-rate schedule, steps against error. A line with a
 * {@link Role} has the colour of that role; each other line has its own colour.
 *
 * <pre>{@code
 * Figure loss = LineChart.ofEpochs("cross-entropy")
 *         .line(Role.TRAIN, "train", trainLoss)
 *         .line(Role.TEST, "test", testLoss)
 *         .figure("Loss per epoch.");
 * }</pre>
 */
public final class LineChart {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;

    /** The numbering of values without x. */
    private enum Count {
        /** From 0, for steps and indices. */
        FROM_ZERO,
        /** From 1, for epochs. */
        EPOCHS
    }

    private final String xLabel;
    private final String yLabel;
    private final Count count;
    private final List<Line> lines = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private int free;
    private Scale xScale = Scale.LINEAR;
    private Scale yScale = Scale.LINEAR;

    private LineChart(String xLabel, String yLabel, Count count) {
        this.xLabel = Objects.requireNonNull(xLabel, "xLabel");
        this.yLabel = Objects.requireNonNull(yLabel, "yLabel");
        this.count = count;
    }

    /** Creates a chart without lines. The labels name the quantities of the axes, with the unit. */
    public static LineChart of(String xLabel, String yLabel) {
        return new LineChart(xLabel, yLabel, Count.FROM_ZERO);
    }

    /** Creates a chart of values by epoch. The first value of a line is that of epoch 1. */
    public static LineChart ofEpochs(String yLabel) {
        return new LineChart("epoch", yLabel, Count.EPOCHS);
    }

    /** Sets the spacing of the x axis; linear by default. */
    public LineChart xScale(Scale scale) {
        xScale = scale;
        return this;
    }

    /** Sets the spacing of the y axis; linear by default. */
    public LineChart yScale(Scale scale) {
        yScale = scale;
        return this;
    }

    /**
     * Adds a line through (0, y[0]), (1, y[1]), ..., or from 1 in a chart of epochs. Copies the values: at least one, all finite.
     */
    public LineChart line(String name, double[] y) {
        return line(name, counted(y), y);
    }

    /** Adds a line through (x[i], y[i]), with rising x. Copies the values: at least one, all finite. */
    public LineChart line(String name, double[] x, double[] y) {
        return add(name, x, y, Line.LineStyle.MARKED, freeColour());
    }

    /** Adds a line in the colour of a role, like {@link #line(String, double[])}. */
    public LineChart line(Role role, String name, double[] y) {
        return add(name, counted(y), y, Line.LineStyle.MARKED, role.colour());
    }

    /** Adds a line through (x[i], y[i]) in the colour of a role, like {@link #line(String, double[], double[])}. */
    public LineChart line(Role role, String name, double[] x, double[] y) {
        return add(name, x, y, Line.LineStyle.MARKED, role.colour());
    }

    /** Adds a thin line in the colour of a role, for a chart with another line in that colour. */
    public LineChart faint(Role role, String name, double[] y) {
        return add(name, counted(y), y, Line.LineStyle.FAINT, role.colour());
    }

    /**
     * Adds the mean of several runs as a line, in a band from their lowest to their highest value. The runs are equally long and
     * differ, for example, in their seed: at least two.
     */
    public LineChart runs(String name, double[][] y) {
        return runs(name, y, freeColour());
    }

    /** Adds the mean and the band of several runs in the colour of a role. */
    public LineChart runs(Role role, String name, double[][] y) {
        return runs(name, y, role.colour());
    }

    /** Adds a dashed horizontal line for comparison, such as a published result. Add at least one other line first. */
    public LineChart level(String name, double y) {
        return level(name, y, freeColour());
    }

    /** Adds a dashed horizontal line in the colour of a role. */
    public LineChart level(Role role, String name, double y) {
        return level(name, y, role.colour());
    }

    /**
     * Draws the chart.
     *
     * @throws IllegalArgumentException if there is no line, or a value is not above zero on a logarithmic axis
     */
    public Figure figure(String caption) {
        requireLines();
        lines.forEach(line -> {
            requirePositive(line, xScale, line.x);
            requirePositive(line, yScale, line.y);
        });
        bands.forEach(band -> {
            requirePositive(band.lowEdge(), yScale, band.low());
        });
        double lowest = edges().mapToDouble(Line::lowest).min().orElseThrow();
        double highest = edges().mapToDouble(Line::highest).max().orElseThrow();
        Axis x = xAxis(xs().min().orElseThrow(), xs().max().orElseThrow());
        Axis y = Axis.rounded(yLabel, yScale, lowest, highest);
        String description = describe();
        Plot plot = new Plot(WIDTH, HEIGHT, description, x, y, Plot.keys(lines));
        bands.forEach(band -> band.draw(plot));
        plot.lines(lines);
        return new Figure(caption, description, plot.svg().finish(), WIDTH);
    }

    private LineChart runs(String name, double[][] y, Palette colour) {
        Band band = Band.of(name, y, counted(y.length == 0 ? new double[0] : y[0]), colour);
        add(name, band.x(), band.mean(), Line.LineStyle.MARKED, colour);
        bands.add(band);
        return this;
    }

    /** Returns the lines and the edges of the bands. */
    private Stream<Line> edges() {
        return Stream.concat(lines.stream(), bands.stream().flatMap(Band::edges));
    }

    private LineChart level(String name, double y, Palette colour) {
        requireLines();
        double from = xs().min().orElseThrow();
        double to = xs().max().orElseThrow();
        return add(name, new double[] {from, to}, new double[] {y, y}, Line.LineStyle.DASHED, colour);
    }

    private LineChart add(String name, double[] x, double[] y, Line.LineStyle stroke, Palette colour) {
        lines.add(new Line(name, x, y, stroke, colour));
        return this;
    }

    private Palette freeColour() {
        return Palette.free(free++);
    }

    private double[] counted(double[] y) {
        int first = count == Count.EPOCHS ? 1 : 0;
        return IntStream.range(first, first + y.length).asDoubleStream().toArray();
    }

    private Axis xAxis(double low, double high) {
        return count == Count.EPOCHS
                ? Axis.counted(xLabel, low, high)
                : Axis.tight(xLabel, xScale, low, high, xs().allMatch(x -> x == Math.rint(x)));
    }

    private DoubleStream xs() {
        return lines.stream().flatMapToDouble(line -> Arrays.stream(line.x));
    }

    private void requireLines() {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("The chart of '" + yLabel + "' over '" + xLabel
                    + "' has no lines. Add one with line(name, values).");
        }
    }

    private static void requirePositive(Line line, Scale scale, double[] values) {
        double lowest = Arrays.stream(values).min().orElseThrow();
        if (scale == Scale.LOG && lowest <= 0) {
            throw new IllegalArgumentException("Line '" + line.name + "' has the value " + lowest
                    + ", but a logarithmic axis needs values above zero. Use Scale.LINEAR.");
        }
    }

    private String describe() {
        return "Line chart of " + yLabel + " over " + xLabel + ". "
                + lines.stream().map(this::describe).collect(Collectors.joining("; ")) + ".";
    }

    private String describe(Line line) {
        String spread = bands.stream()
                .filter(band -> band.name().equals(line.name))
                .findFirst()
                .map(band -> ", " + band.describe())
                .orElse("");
        return values(line) + spread;
    }

    private static String values(Line line) {
        if (line.stroke == Line.LineStyle.DASHED) {
            return line.name + ": level at " + Numerals.significant(line.last());
        }
        return line.name + ": from " + Numerals.significant(line.first()) + " to " + Numerals.significant(line.last())
                + ", lowest " + Numerals.significant(line.lowest()) + ", highest "
                + Numerals.significant(line.highest());
    }
}
