package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Horizontal bars with a label and a value each, in the order in which they are added. A whisker shows the spread of a mean over
 * seeds.
 *
 * <pre>{@code
 * BarChart.of("test accuracy [%]").bar("SGD", 92.1, 91.8, 92.4).bar("Adam", 93.0).figure("...")
 * }</pre>
 */
public final class BarChart {

    private static final int WIDTH = 560;
    private static final double ROW = 30;
    private static final double TOP = 8;
    private static final double BELOW = 48;
    private static final double BAR_HEIGHT = 18;

    private record LabelledBar(String label, Palette colour, double value, double low, double high) {}

    private final String valueLabel;
    private final List<LabelledBar> bars = new ArrayList<>();

    private BarChart(String valueLabel) {
        this.valueLabel = valueLabel;
    }

    /** Creates a chart without bars. The label names the quantity, with the unit. */
    public static BarChart of(String valueLabel) {
        return new BarChart(valueLabel);
    }

    /** Adds a bar from zero to a value. */
    public BarChart bar(String label, double value) {
        return bar(label, value, value, value);
    }

    /** Adds a bar from zero to a value, with a whisker from a lower to a higher value. */
    public BarChart bar(String label, double value, double low, double high) {
        return add(label, Palette.GREEN, value, low, high);
    }

    /** Adds a bar in the colour of a role. */
    public BarChart bar(Role role, String label, double value) {
        return add(label, role.colour(), value, value, value);
    }

    /** Adds a bar with a whisker in the colour of a role. */
    public BarChart bar(Role role, String label, double value, double low, double high) {
        return add(label, role.colour(), value, low, high);
    }

    private BarChart add(String label, Palette colour, double value, double low, double high) {
        if (label.isBlank() || !(low <= value && value <= high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("Bar '" + label + "' has the value " + value + " between " + low
                    + " and " + high + "; it must have a label and finite values in this order.");
        }
        bars.add(new LabelledBar(label, colour, value, low, high));
        return this;
    }

    /**
     * Draws the chart.
     *
     * @throws IllegalArgumentException if there is no bar
     */
    public Figure figure(String caption) {
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("The chart of '" + valueLabel + "' has no bars. Add bar(label, value).");
        }
        double lowest = values().min().orElseThrow();
        double highest = values().max().orElseThrow();
        Axis axis = Axis.rounded(valueLabel, Scale.LINEAR, Math.min(0, lowest), Math.max(0, highest));
        double labels = bars.stream()
                .mapToDouble(bar -> Svg.widthOf(bar.label, 12.5))
                .max()
                .orElseThrow();
        double left = Math.min(labels + 12, WIDTH / 2.0);
        double numbers = bars.stream()
                .mapToDouble(bar -> Svg.widthOf(Numerals.significant(bar.value), 12))
                .max()
                .orElseThrow();
        double right = WIDTH - numbers - 14;
        double bottom = TOP + ROW * bars.size();
        String description = describe();
        Svg svg = new Svg(WIDTH, bottom + BELOW, description);
        for (Axis.Tick tick : axis.ticks()) {
            double x = left + (right - left) * axis.share(tick.value());
            svg.rule(x, TOP, x, bottom, tick.value() == 0 ? 0.6 : 0.13, "none");
            svg.text(x, bottom + 17, "middle", tick.label(), "fill-opacity", 0.75);
        }
        svg.text((left + right) / 2, bottom + 38, "middle", valueLabel, "font-size", 12.5);
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), axis, left, right, TOP + ROW * (i + 0.5));
        }
        return new Figure(caption, description, svg.finish(), WIDTH);
    }

    private static void bar(Svg svg, LabelledBar bar, Axis axis, double left, double right, double middle) {
        double room = right - left;
        double zero = left + room * axis.share(0);
        double end = left + room * axis.share(bar.value);
        svg.text(left - 10, middle + 4, "end", bar.label, "font-size", 12.5);
        bar.colour.open(svg);
        double top = middle - BAR_HEIGHT / 2;
        svg.box(Math.min(zero, end), top, Math.abs(end - zero), BAR_HEIGHT, 2, 0.85, text(bar));
        svg.close();
        double tip = Math.max(zero, end);
        if (bar.high > bar.low) {
            double from = left + room * axis.share(bar.low);
            double to = left + room * axis.share(bar.high);
            svg.rule(from, middle, to, middle, 1, "none");
            svg.rule(from, middle - 5, from, middle + 5, 1, "none");
            svg.rule(to, middle - 5, to, middle + 5, 1, "none");
            tip = Math.max(tip, to);
        }
        svg.text(tip + 6, middle + 4, "start", Numerals.significant(bar.value), "font-weight", 600);
    }

    private DoubleStream values() {
        return bars.stream().flatMapToDouble(bar -> DoubleStream.of(bar.low, bar.high));
    }

    private String describe() {
        return "Bar chart of " + valueLabel + ". "
                + bars.stream().map(BarChart::text).collect(Collectors.joining("; ")) + ".";
    }

    private static String text(LabelledBar bar) {
        return bar.label + ": " + Numerals.significant(bar.value)
                + (bar.high > bar.low
                        ? ", between " + Numerals.significant(bar.low) + " and " + Numerals.significant(bar.high)
                        : "");
    }
}
