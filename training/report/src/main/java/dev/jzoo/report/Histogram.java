package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A histogram: the number of values in equally wide bins, for one or several sets of values: the confidence of right and wrong
 * predictions, the weights of a layer.
 */
public final class Histogram {

    /** The meaning of a bar's height. */
    public enum Height {
        /** The number of values in the bin. */
        COUNT,
        /** The percentage of its own set's values in the bin, so that sets of different sizes can be compared. */
        SHARE
    }

    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;

    private record Bars(String name, Palette colour, long[] counts, double total) {}

    private final String label;
    private final double from;
    private final double to;
    private final int bins;
    private final List<Bars> sets = new ArrayList<>();
    private int free;
    private Height height = Height.COUNT;

    private Histogram(String label, double from, double to, int bins) {
        if (!(to > from) || !Double.isFinite(to - from) || bins < 1) {
            throw new IllegalArgumentException("A histogram must have a rising finite range and at least one bin, not "
                    + bins + " bins from " + from + " to " + to + ".");
        }
        this.label = Objects.requireNonNull(label, "label");
        this.from = from;
        this.to = to;
        this.bins = bins;
    }

    /** Creates a histogram without values, with equally wide bins over [from, to]. The label names quantity and unit. */
    public static Histogram of(String label, double from, double to, int bins) {
        return new Histogram(label, from, to, bins);
    }

    /** Sets the meaning of a bar's height; counts by default. */
    public Histogram height(Height meaning) {
        height = meaning;
        return this;
    }

    /** Counts a set of values, all in [from, to]. A value on a border belongs to the bin above, 'to' to the last bin. */
    public Histogram values(String name, double[] values) {
        return values(name, Palette.free(free++), values);
    }

    /** Counts a set of values and draws it in the colour of a role. */
    public Histogram values(Role role, String name, double[] values) {
        return values(name, role.colour(), values);
    }

    private Histogram values(String name, Palette colour, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("Set '" + name + "' of the histogram has no values. Leave it out.");
        }
        long[] counts = new long[bins];
        for (double value : values) {
            if (!(value >= from && value <= to)) {
                throw new IllegalArgumentException("Set '" + name + "' has the value " + value + " outside [" + from
                        + ", " + to + "]. Widen the range, or clip the values.");
            }
            counts[(int) Math.min(bins - 1, Math.floor((value - from) / (to - from) * bins))]++;
        }
        sets.add(new Bars(name, colour, counts, values.length));
        return this;
    }

    /**
     * Draws the histogram.
     *
     * @throws IllegalArgumentException if there are no values
     */
    public Figure figure(String caption) {
        if (sets.isEmpty()) {
            throw new IllegalArgumentException(
                    "The histogram of '" + label + "' has no values. Add values(name, values).");
        }
        double highest = sets.stream()
                .flatMapToDouble(set -> IntStream.range(0, bins).mapToDouble(bin -> tall(set, bin)))
                .max()
                .orElseThrow();
        Axis x = Axis.tight(label, Scale.LINEAR, from, to, false);
        Axis y = Axis.rounded(height == Height.COUNT ? "count" : "share [%]", Scale.LINEAR, 0, highest);
        String description = describe();
        List<Plot.Key> legend = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            legend.add(new Plot.Key(
                    sets.get(i).name(), Line.LineStyle.BAR, sets.get(i).colour(), -1));
        }
        Plot plot = new Plot(WIDTH, HEIGHT, description, x, y, legend);
        for (int i = 0; i < sets.size(); i++) {
            bars(plot, i);
        }
        return new Figure(caption, description, plot.svg().finish(), WIDTH);
    }

    private void bars(Plot plot, int set) {
        Bars bars = sets.get(set);
        double bin = (plot.x(to) - plot.x(from)) / bins;
        double width = bin * 0.86 / sets.size();
        bars.colour().open(plot.svg());
        for (int i = 0; i < bins; i++) {
            double y = plot.y(tall(bars, i));
            if (bars.counts()[i] > 0) {
                double x = plot.x(from) + bin * (i + 0.07) + width * set;
                String meaning = bars.name() + ": " + Numerals.whole(bars.counts()[i]) + " from "
                        + Numerals.significant(edge(i)) + " to " + Numerals.significant(edge(i + 1));
                plot.svg().box(x, y, width, plot.bottom() - y, 0, 1, meaning);
            }
        }
        plot.svg().close();
    }

    private double tall(Bars set, int bin) {
        return height == Height.COUNT ? set.counts()[bin] : 100 * set.counts()[bin] / set.total();
    }

    private double edge(int bin) {
        return from + (to - from) * bin / bins;
    }

    private String describe() {
        return "Histogram of " + label + " in " + bins + " bins from " + Numerals.significant(from) + " to "
                + Numerals.significant(to) + ". "
                + sets.stream().map(this::describe).collect(Collectors.joining("; ")) + ".";
    }

    private String describe(Bars set) {
        int fullest = 0;
        for (int i = 1; i < bins; i++) {
            fullest = set.counts()[i] > set.counts()[fullest] ? i : fullest;
        }
        return set.name() + ": " + Numerals.whole((long) set.total()) + " values, most ("
                + Numerals.whole(set.counts()[fullest]) + ") from " + Numerals.significant(edge(fullest)) + " to "
                + Numerals.significant(edge(fullest + 1));
    }
}
