package dev.jzoo.report;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The surface of a function of two variables as contour lines over shades, with paths on it: an optimiser's way to a minimum.
 * Higher values are darker in the light scheme and lighter in the dark one.
 *
 * <pre>{@code
 * ContourChart.of("w₁", "w₂").x(-2, 2).y(-1, 3).surface("loss", loss::at).path("gradient descent", w1, w2).figure("...")
 * }</pre>
 */
public final class ContourChart {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 480;
    /** Samples on each axis. */
    private static final int SAMPLES = 72;

    private static final int LEVELS = 12;
    private static final int SHADES = 127;

    private final String xLabel;
    private final String yLabel;
    private final List<SurfacePath> paths = new ArrayList<>();
    private double[] xRange = {-1, 1};
    private double[] yRange = {-1, 1};
    private Scale scale = Scale.LINEAR;
    private String name = "";
    private DoubleBinaryOperator surface = (x, y) -> Double.NaN;
    private int free;

    private ContourChart(String xLabel, String yLabel) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Creates a chart without a surface. The labels name the two variables. */
    public static ContourChart of(String xLabel, String yLabel) {
        return new ContourChart(xLabel, yLabel);
    }

    /** Sets the range of the horizontal variable; -1 to 1 by default. */
    public ContourChart x(double low, double high) {
        xRange = range(xLabel, low, high);
        return this;
    }

    /** Sets the range of the vertical variable; -1 to 1 by default. */
    public ContourChart y(double low, double high) {
        yRange = range(yLabel, low, high);
        return this;
    }

    /** Sets the function to draw, which must be finite in the range, and the name of its value. */
    public ContourChart surface(String valueName, DoubleBinaryOperator function) {
        name = valueName;
        surface = function;
        return this;
    }

    /** Sets the spacing of the contour levels; linear by default. A logarithm shows the ground of a steep valley. */
    public ContourChart levels(Scale spacing) {
        scale = spacing;
        return this;
    }

    /** Adds a path through (x[i], y[i]), with a ring around its end. Parts outside the ranges are not drawn. Copies the values. */
    public ContourChart path(String pathName, double[] x, double[] y) {
        return path(pathName, Palette.free(free++), x, y);
    }

    /** Adds a path in the colour of a role. */
    public ContourChart path(Role role, String pathName, double[] x, double[] y) {
        return path(pathName, role.colour(), x, y);
    }

    private ContourChart path(String pathName, Palette colour, double[] x, double[] y) {
        paths.add(new SurfacePath(pathName, colour, x, y));
        return this;
    }

    /**
     * Draws the chart.
     *
     * @throws IllegalArgumentException if there is no surface, or it has a value that the levels cannot show
     */
    public Figure figure(String caption) {
        double[][] values = sample();
        double low = Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElseThrow();
        double high =
                Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElseThrow();
        if (scale == Scale.LOG && low <= 0) {
            throw new IllegalArgumentException("The surface '" + name + "' has the value " + low
                    + ", but logarithmic levels need values above zero. Use Scale.LINEAR.");
        }
        Axis x = Axis.tight(xLabel, Scale.LINEAR, xRange[0], xRange[1], false);
        Axis y = Axis.tight(yLabel, Scale.LINEAR, yRange[0], yRange[1], false);
        double[] levels = levels(low, high);
        List<Plot.Key> legend = new ArrayList<>();
        legend.add(new Plot.Key(name + ": " + spoken(levels), Line.LineStyle.FAINT, Palette.INK, -1));
        for (int i = 0; i < paths.size(); i++) {
            legend.add(new Plot.Key(
                    paths.get(i).name(), Line.LineStyle.MARKED, paths.get(i).colour(), i));
        }
        String description = describe(low, high);
        Plot plot = new Plot(WIDTH, HEIGHT, description, x, y, legend);
        shades(plot, values, low, high);
        contours(plot, values, levels);
        for (int i = 0; i < paths.size(); i++) {
            paths.get(i).draw(plot, i, xRange, yRange);
        }
        return new Figure(caption, description, plot.svg().finish(), WIDTH);
    }

    private double[][] sample() {
        double[][] values = new double[SAMPLES][SAMPLES];
        for (int row = 0; row < SAMPLES; row++) {
            for (int column = 0; column < SAMPLES; column++) {
                double x = at(xRange, column);
                double y = at(yRange, row);
                values[row][column] = surface.applyAsDouble(x, y);
                if (!Double.isFinite(values[row][column])) {
                    throw new IllegalArgumentException("The surface '" + name + "' has the value "
                            + values[row][column] + " at (" + x + ", " + y
                            + "); values must be finite. Set another function, or a smaller range.");
                }
            }
        }
        return values;
    }

    private void shades(Plot plot, double[][] values, double low, double high) {
        // A pixel lies between four samples, so that the picture ends where the axes end.
        int pixels = SAMPLES - 1;
        byte[] levels = new byte[pixels * pixels];
        double from = lowestShown(low, high);
        double to = spaced(high);
        for (int i = 0; i < levels.length; i++) {
            int row = pixels - 1 - i / pixels;
            int column = i % pixels;
            double value = (spaced(values[row][column])
                            + spaced(values[row][column + 1])
                            + spaced(values[row + 1][column])
                            + spaced(values[row + 1][column + 1]))
                    / 4;
            double share = to > from ? Math.max(0, value - from) / (to - from) : 0;
            levels[i] = (byte) Math.round((SHADES - 1) * share);
        }
        int[] argb = new int[SHADES];
        for (int i = 0; i < SHADES; i++) {
            // A transparent grey suits a light and a dark page.
            argb[i] = 160 * i / (SHADES - 1) << 24 | 0x80868c;
        }
        var colours = new IndexColorModel(8, SHADES, argb, 0, true, -1, DataBuffer.TYPE_BYTE);
        double left = plot.x(xRange[0]);
        double top = plot.y(yRange[1]);
        plot.svg()
                .leaf(
                        "image",
                        "x",
                        left,
                        "y",
                        top,
                        "width",
                        plot.x(xRange[1]) - left,
                        "height",
                        plot.y(yRange[0]) - top,
                        "preserveAspectRatio",
                        "none",
                        "href",
                        Png.address(levels, pixels, pixels, colours));
    }

    private void contours(Plot plot, double[][] values, double[] levels) {
        Contours contours = new Contours(values);
        plot.svg().open("g", "fill", "none", "stroke", "currentColor", "stroke-opacity", 0.55, "stroke-width", 0.9);
        for (double level : levels) {
            plot.svg().open("g");
            plot.svg().tooltip(name + " = " + Numerals.significant(level));
            plot.svg().leaf("path", "d", contours.path(level, c -> plot.x(at(xRange, c)), r -> plot.y(at(yRange, r))));
            plot.svg().close();
        }
        plot.svg().close();
    }

    /** Returns the levels between the lowest and the highest value, at equal differences or ratios. */
    private double[] levels(double low, double high) {
        if (low == high) {
            return new double[0];
        }
        double from = lowestShown(low, high);
        double step = (spaced(high) - from) / (LEVELS + 1);
        return IntStream.rangeClosed(1, LEVELS)
                .mapToDouble(i -> scale == Scale.LOG ? StrictMath.exp(from + i * step) : from + i * step)
                .toArray();
    }

    /** Returns the lower end of the scale. Logarithms end four decades below the top: the samples show no finer ground. */
    private double lowestShown(double low, double high) {
        return scale == Scale.LOG ? Math.max(spaced(low), spaced(high * 1e-4)) : low;
    }

    private double spaced(double value) {
        return scale == Scale.LOG ? StrictMath.log(value) : value;
    }

    private static double at(double[] range, double index) {
        return range[0] + (range[1] - range[0]) * index / (SAMPLES - 1);
    }

    static double[] range(String label, double low, double high) {
        if (!(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException(
                    "The range of '" + label + "' must rise, not go from " + low + " to " + high + ".");
        }
        return new double[] {low, high};
    }

    private static String spoken(double[] levels) {
        return levels.length == 0
                ? "the same everywhere"
                : levels.length + " levels, " + Numerals.significant(levels[0]) + " to "
                        + Numerals.significant(levels[levels.length - 1]);
    }

    private String describe(double low, double high) {
        return "Contour chart of " + name + " over " + xLabel + " and " + yLabel + ", from "
                + Numerals.significant(low) + " to " + Numerals.significant(high) + "."
                + paths.stream().map(path -> " " + path.describe(surface) + ".").collect(Collectors.joining());
    }
}
