package dev.jzoo.training.report;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A monthly series with what a model makes of it: the truth, the model's one-step predictions on both sides of the split,
 * baselines, and a forecast beyond the last month that is known.
 *
 * <pre>{@code
 * Figure figure = ForecastChart.of("passengers [thousands]", YearMonth.of(1949, 1), truth)
 *         .fitted("LSTM on train", YearMonth.of(1949, 2), onTrain)
 *         .forecast("LSTM on test", YearMonth.of(1957, 2), onTest)
 *         .baseline("persistence", YearMonth.of(1957, 2), persistence)
 *         .future("next 12 months", YearMonth.of(1961, 1), next)
 *         .split(YearMonth.of(1957, 1))
 *         .figure("Forecast against truth.");
 * }</pre>
 */
public final class ForecastChart {

    private static final int WIDTH = 1066;
    private static final int HEIGHT = 420;

    private final String yLabel;
    private final List<Line> lines = new ArrayList<>();
    private final List<YearMonth> splits = new ArrayList<>();
    private int baselines;

    private ForecastChart(String yLabel) {
        this.yLabel = Objects.requireNonNull(yLabel, "yLabel");
    }

    /** The truth, one value a month from the month given; the values are copied. The label names quantity and unit. */
    public static ForecastChart of(String yLabel, YearMonth from, double[] truth) {
        return new ForecastChart(yLabel).add("truth", from, truth, Line.Stroke.SOLID, Palette.INK);
    }

    /** What the model says of the months that it was trained on. */
    public ForecastChart fitted(String name, YearMonth from, double[] values) {
        return add(name, from, values, Line.Stroke.SOLID, Palette.BLUE);
    }

    /** What the model says of the months that it was tested on. */
    public ForecastChart forecast(String name, YearMonth from, double[] values) {
        return add(name, from, values, Line.Stroke.SOLID, Palette.VERMILLION);
    }

    /** What a simpler method says; dashed. */
    public ForecastChart baseline(String name, YearMonth from, double[] values) {
        Palette colour = Palette.ofLine(Palette.GREEN.ordinal() + baselines++);
        return add(name, from, values, Line.Stroke.DASHED, colour);
    }

    /** What the model says of months that nobody knows; dotted. */
    public ForecastChart future(String name, YearMonth from, double[] values) {
        return add(name, from, values, Line.Stroke.DOTTED, Palette.VERMILLION);
    }

    /** Marks the first month of the test part with an upright line. */
    public ForecastChart split(YearMonth firstOfTest) {
        splits.add(firstOfTest);
        return this;
    }

    /** Draws what was added, over all months that any of it covers. */
    public Figure figure(String caption) {
        double first = lines.stream().mapToDouble(line -> line.x[0]).min().orElseThrow();
        double last = lines.stream()
                .mapToDouble(line -> line.x[line.x.length - 1])
                .max()
                .orElseThrow();
        double lowest = lines.stream().mapToDouble(Line::lowest).min().orElseThrow();
        double highest = lines.stream().mapToDouble(Line::highest).max().orElseThrow();
        Axis months = Axis.months(Axis.month(first), Axis.month(last));
        String description = describe();
        Axis values = Axis.rounded(yLabel, Scale.LINEAR, lowest, highest);
        Plot plot = new Plot(WIDTH, HEIGHT, description, months, values, Plot.keys(lines));
        splits.forEach(month -> plot.split(Axis.position(month) - 0.5, "train", "test"));
        plot.lines(lines);
        return new Figure(caption, description, plot.svg().finish(), WIDTH);
    }

    private ForecastChart add(String name, YearMonth from, double[] values, Line.Stroke stroke, Palette colour) {
        double[] months = new double[values.length];
        Arrays.setAll(months, i -> Axis.position(from) + i);
        lines.add(new Line(name, months, values, stroke, colour));
        return this;
    }

    private String describe() {
        String parts = lines.stream()
                .map(line -> line.name + " from " + Axis.month(line.x[0]) + " to "
                        + Axis.month(line.x[line.x.length - 1]) + ", between " + Numerals.significant(line.lowest())
                        + " and " + Numerals.significant(line.highest()))
                .collect(Collectors.joining("; "));
        String split = splits.isEmpty() ? "" : " The test part starts with " + splits.get(0) + ".";
        return "Line chart of " + yLabel + " by month. " + parts + "." + split;
    }
}
