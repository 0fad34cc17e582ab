package dev.jzoo.report;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A series with a model's view of it: the truth, the model's one-step predictions on both sides of the split, baselines, and a
 * forecast after the last known value. Positions in the series are counted from the first true value, 0.
 *
 * <pre>{@code
 * Figure figure = ForecastChart.ofMonths("passengers [thousands]", YearMonth.of(1949, 1), truth)
 *         .fitted("LSTM on train", 1, onTrain)
 *         .forecast("LSTM on test", 97, onTest)
 *         .baseline("persistence", 97, persistence)
 *         .future("next 12 months", 144, next)
 *         .split(96)
 *         .figure("Forecast against truth.");
 * }</pre>
 */
public final class ForecastChart {

    private static final int WIDTH = 1066;
    private static final int HEIGHT = 420;

    /** The labels of the horizontal axis: months, or steps without times. */
    private interface Times {
        /** Returns the position of the first true value on the axis. */
        double origin();

        Axis axis(double first, double last);

        String name(double position);
    }

    private record Months(YearMonth start) implements Times {
        @Override
        public double origin() {
            return Axis.position(start);
        }

        @Override
        public Axis axis(double first, double last) {
            return Axis.months(Axis.month(first), Axis.month(last));
        }

        @Override
        public String name(double position) {
            return Axis.month(position).toString();
        }
    }

    private record NumberedSteps(int first) implements Times {
        @Override
        public double origin() {
            return first;
        }

        @Override
        public Axis axis(double first, double last) {
            return Axis.tight("step", Scale.LINEAR, first, last, true);
        }

        @Override
        public String name(double position) {
            return "step " + Numerals.whole(Math.round(position));
        }
    }

    private final String yLabel;
    private final Times times;
    private final List<Line> lines = new ArrayList<>();
    private final List<Integer> splits = new ArrayList<>();
    private int baselines;

    private ForecastChart(String yLabel, Times times) {
        this.yLabel = Objects.requireNonNull(yLabel, "yLabel");
        this.times = times;
    }

    /**
     * Creates a chart of the truth, one value per month from the start month. The values are copied. The label names quantity and
     * unit.
     */
    public static ForecastChart ofMonths(String yLabel, YearMonth start, double[] truth) {
        return new ForecastChart(yLabel, new Months(start)).add("truth", 0, truth, Line.LineStyle.SOLID, Palette.INK);
    }

    /** Creates a chart of the truth, one value per step from the first step. The values are copied. */
    public static ForecastChart ofSteps(String yLabel, int first, double[] truth) {
        return new ForecastChart(yLabel, new NumberedSteps(first))
                .add("truth", 0, truth, Line.LineStyle.SOLID, Palette.INK);
    }

    /** Adds the model's predictions of the values that it was trained on. */
    public ForecastChart fitted(String name, int from, double[] values) {
        return add(name, from, values, Line.LineStyle.SOLID, Role.TRAIN.colour());
    }

    /** Adds the model's predictions of the values that it was tested on. */
    public ForecastChart forecast(String name, int from, double[] values) {
        return add(name, from, values, Line.LineStyle.SOLID, Role.TEST.colour());
    }

    /** Adds the predictions of a simpler method, drawn dashed. */
    public ForecastChart baseline(String name, int from, double[] values) {
        return add(name, from, values, Line.LineStyle.DASHED, Palette.free(baselines++));
    }

    /** Adds the model's forecast of values that are not known yet, drawn dotted. */
    public ForecastChart future(String name, int from, double[] values) {
        return add(name, from, values, Line.LineStyle.DOTTED, Role.TEST.colour());
    }

    /** Marks the first value of the test part with a vertical line. */
    public ForecastChart split(int firstOfTest) {
        splits.add(firstOfTest);
        return this;
    }

    /** Draws all added lines, over the range that they cover. */
    public Figure figure(String caption) {
        double first = lines.stream().mapToDouble(line -> line.x[0]).min().orElseThrow();
        double last = lines.stream()
                .mapToDouble(line -> line.x[line.x.length - 1])
                .max()
                .orElseThrow();
        double lowest = lines.stream().mapToDouble(Line::lowest).min().orElseThrow();
        double highest = lines.stream().mapToDouble(Line::highest).max().orElseThrow();
        String description = describe();
        Axis values = Axis.rounded(yLabel, Scale.LINEAR, lowest, highest);
        Plot plot = new Plot(WIDTH, HEIGHT, description, times.axis(first, last), values, Plot.keys(lines));
        splits.forEach(place -> plot.split(times.origin() + place - 0.5, "train", "test"));
        plot.lines(lines);
        return new Figure(caption, description, plot.svg().finish(), WIDTH);
    }

    private ForecastChart add(String name, int from, double[] values, Line.LineStyle stroke, Palette colour) {
        double[] places = new double[values.length];
        Arrays.setAll(places, i -> times.origin() + from + i);
        lines.add(new Line(name, places, values, stroke, colour));
        return this;
    }

    private String describe() {
        String parts = lines.stream()
                .map(line -> line.name + " from " + times.name(line.x[0]) + " to "
                        + times.name(line.x[line.x.length - 1]) + ", between " + Numerals.significant(line.lowest())
                        + " and " + Numerals.significant(line.highest()))
                .collect(Collectors.joining("; "));
        String split = splits.isEmpty()
                ? ""
                : " The test part starts with " + times.name(times.origin() + splits.get(0)) + ".";
        return "Line chart of " + yLabel + " over time. " + parts + "." + split;
    }
}
