package dev.jzoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A chart of predicted against true values, with a mark for each example and the line on which both are equal. */
public final class ScatterChart {

    private static final int SIZE = 520;

    private record Points(String name, Palette colour, double[] truth, double[] predicted) {}

    private final String truthLabel;
    private final String predictedLabel;
    private final List<Points> sets = new ArrayList<>();
    private int free;

    private ScatterChart(String truthLabel, String predictedLabel) {
        this.truthLabel = truthLabel;
        this.predictedLabel = predictedLabel;
    }

    /** Creates a chart without points. The labels name the quantities of the axes, with the unit. */
    public static ScatterChart of(String truthLabel, String predictedLabel) {
        return new ScatterChart(truthLabel, predictedLabel);
    }

    /** Adds a set of examples. Copies the values: the same number of each, at least one, all finite. */
    public ScatterChart points(String name, double[] truth, double[] predicted) {
        return points(name, Palette.free(free++), truth, predicted);
    }

    /** Adds a set of examples in the colour of a role. */
    public ScatterChart points(Role role, String name, double[] truth, double[] predicted) {
        return points(name, role.colour(), truth, predicted);
    }

    private ScatterChart points(String name, Palette colour, double[] truth, double[] predicted) {
        if (truth.length != predicted.length || truth.length == 0) {
            throw new IllegalArgumentException("Set '" + name + "' has " + truth.length + " true and "
                    + predicted.length + " predicted values; their numbers must be equal and at least one.");
        }
        if (!DoubleStream.concat(Arrays.stream(truth), Arrays.stream(predicted)).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("Set '" + name + "' has a value that is not finite.");
        }
        sets.add(new Points(name, colour, truth.clone(), predicted.clone()));
        return this;
    }

    /**
     * Draws the chart.
     *
     * @throws IllegalArgumentException if there are no points
     */
    public Figure figure(String caption) {
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("The chart has no points. Add points(name, truth, predicted).");
        }
        double lowest = all().min().orElseThrow();
        double highest = all().max().orElseThrow();
        Axis x = Axis.rounded(truthLabel, Scale.LINEAR, lowest, highest);
        Axis y = Axis.rounded(predictedLabel, Scale.LINEAR, lowest, highest);
        List<Plot.Key> legend = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            legend.add(new Plot.Key(
                    sets.get(i).name(), Line.LineStyle.MARKS, sets.get(i).colour(), i));
        }
        String description = describe();
        Plot plot = new Plot(SIZE, SIZE, description, x, y, legend);
        plot.svg().rule(plot.x(x.low()), plot.y(x.low()), plot.x(x.high()), plot.y(x.high()), 0.5, "6 4");
        for (int i = 0; i < sets.size(); i++) {
            marks(plot, i);
        }
        return new Figure(caption, description, plot.svg().finish(), SIZE);
    }

    private void marks(Plot plot, int set) {
        Points points = sets.get(set);
        points.colour.open(plot.svg());
        plot.svg().open("g", "fill-opacity", 0.65);
        for (int i = 0; i < points.truth.length; i++) {
            Marker.draw(plot.svg(), set, plot.x(points.truth[i]), plot.y(points.predicted[i]));
        }
        plot.svg().close().close();
    }

    private DoubleStream all() {
        return sets.stream()
                .flatMapToDouble(set -> DoubleStream.concat(Arrays.stream(set.truth), Arrays.stream(set.predicted)));
    }

    private String describe() {
        return "Scatter chart of " + predictedLabel + " against " + truthLabel + ". "
                + sets.stream()
                        .map(set -> set.name + ": " + set.truth.length + " examples, mean absolute error "
                                + Numerals.significant(meanError(set)))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private static double meanError(Points set) {
        double sum = 0;
        for (int i = 0; i < set.truth.length; i++) {
            sum += Math.abs(set.truth[i] - set.predicted[i]);
        }
        return sum / set.truth.length;
    }
}
