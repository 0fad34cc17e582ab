package dev.jzoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Examples of two features, each with the mark of its class, over the regions in which a classifier decides for each class. A
 * mark on another colour is a mistake.
 *
 * <pre>{@code
 * DecisionRegions.of("x₁", "x₂", List.of("inner", "outer")).x(-3, 3).y(-3, 3)
 *         .classifier((x, y) -> network.predict(x, y))
 *         .examples(0, x1, x2)
 *         .examples(1, x3, x4)
 *         .figure("...")
 * }</pre>
 */
public final class DecisionRegions {

    private static final int SIZE = 520;
    /** Tiles on each axis. */
    private static final int TILES = 80;

    /** The colours of the classes. Those of train and test have that meaning only. */
    private static final List<Palette> COLOURS =
            List.of(Palette.ORANGE, Palette.SKY, Palette.GREEN, Palette.PURPLE, Palette.INK);

    private record RegionExamples(int truth, double[] x, double[] y) {}

    private final String xLabel;
    private final String yLabel;
    private final List<String> classes;
    private final List<RegionExamples> sets = new ArrayList<>();
    private double[] xRange = {-1, 1};
    private double[] yRange = {-1, 1};
    private ToIntBiFunction<Double, Double> classifier = (x, y) -> -1;

    private DecisionRegions(String xLabel, String yLabel, List<String> classes) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.classes = classes;
    }

    /** Creates a chart of two to five classes without a classifier and examples. The labels name the two features. */
    public static DecisionRegions of(String xLabel, String yLabel, List<String> classes) {
        if (classes.size() < 2 || classes.size() > COLOURS.size()) {
            throw new IllegalArgumentException("The regions need 2 to " + COLOURS.size() + " classes, not "
                    + classes.size() + "; more colours are hard to distinguish.");
        }
        return new DecisionRegions(xLabel, yLabel, List.copyOf(classes));
    }

    /** Sets the range of the horizontal feature; -1 to 1 by default. */
    public DecisionRegions x(double low, double high) {
        xRange = ContourChart.range(xLabel, low, high);
        return this;
    }

    /** Sets the range of the vertical feature; -1 to 1 by default. */
    public DecisionRegions y(double low, double high) {
        yRange = ContourChart.range(yLabel, low, high);
        return this;
    }

    /** Sets the function from the two features to the index of the predicted class. */
    public DecisionRegions classifier(ToIntBiFunction<Double, Double> prediction) {
        classifier = prediction;
        return this;
    }

    /** Adds examples of one class. Those outside the ranges are not drawn. Copies the values: at least one, all finite. */
    public DecisionRegions examples(int truth, double[] x, double[] y) {
        requireClass(truth, "An example");
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("The examples of '" + classes.get(truth) + "' have " + x.length
                    + " x and " + y.length + " y; their numbers must be equal and at least one.");
        }
        if (!Arrays.stream(x).allMatch(Double::isFinite) || !Arrays.stream(y).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "The examples of '" + classes.get(truth) + "' have a value that is not finite.");
        }
        sets.add(new RegionExamples(truth, x.clone(), y.clone()));
        return this;
    }

    /**
     * Draws the chart.
     *
     * @throws IllegalArgumentException if there is no classifier, or it predicts a class that the chart does not have
     */
    public Figure figure(String caption) {
        int[][] predicted = predict();
        Axis x = Axis.tight(xLabel, Scale.LINEAR, xRange[0], xRange[1], false);
        Axis y = Axis.tight(yLabel, Scale.LINEAR, yRange[0], yRange[1], false);
        List<Plot.Key> legend = IntStream.range(0, classes.size())
                .mapToObj(c -> new Plot.Key(classes.get(c), Line.LineStyle.MARKS, COLOURS.get(c), c))
                .toList();
        String description = describe(predicted);
        Plot plot = new Plot(SIZE, SIZE, description, x, y, legend);
        for (int c = 0; c < classes.size(); c++) {
            region(plot, predicted, c);
        }
        sets.forEach(set -> marks(plot, set));
        return new Figure(caption, description, plot.svg().finish(), SIZE);
    }

    private int[][] predict() {
        int[][] predicted = new int[TILES][TILES];
        for (int row = 0; row < TILES; row++) {
            for (int column = 0; column < TILES; column++) {
                predicted[row][column] = classifier.applyAsInt(at(xRange, column + 0.5), at(yRange, row + 0.5));
                requireClass(predicted[row][column], "The classifier's prediction");
            }
        }
        return predicted;
    }

    /** Draws the tiles of one class, those next to each other as one rectangle. */
    private void region(Plot plot, int[][] predicted, int label) {
        COLOURS.get(label).open(plot.svg());
        plot.svg().open("g", "fill-opacity", 0.22, "shape-rendering", "crispEdges");
        for (int row = 0; row < TILES; row++) {
            int from = 0;
            for (int column = 0; column <= TILES; column++) {
                if (column == TILES || predicted[row][column] != label) {
                    if (column > from) {
                        tiles(plot, row, from, column);
                    }
                    from = column + 1;
                }
            }
        }
        plot.svg().close().close();
    }

    private void tiles(Plot plot, int row, int from, int to) {
        double left = plot.x(at(xRange, from));
        double top = plot.y(at(yRange, row + 1));
        double width = plot.x(at(xRange, to)) - left;
        double height = plot.y(at(yRange, row)) - top;
        plot.svg().leaf("rect", "x", left, "y", top, "width", width, "height", height);
    }

    private void marks(Plot plot, RegionExamples set) {
        COLOURS.get(set.truth).open(plot.svg());
        // A thin edge in the colour of the text separates a mark from a region of its own colour.
        plot.svg().open("g", "stroke", "var(--ink, #1c2127)", "stroke-width", 0.7);
        for (int i = 0; i < set.x.length; i++) {
            if (isInside(set.x[i], xRange) && isInside(set.y[i], yRange)) {
                Marker.draw(plot.svg(), set.truth, plot.x(set.x[i]), plot.y(set.y[i]));
            }
        }
        plot.svg().close().close();
    }

    private void requireClass(int index, String what) {
        if (index < 0 || index >= classes.size()) {
            throw new IllegalArgumentException(what + " is of class " + index + ", but the chart has classes 0 to "
                    + (classes.size() - 1) + ". Set classifier(function) and list every class.");
        }
    }

    private String describe(int[][] predicted) {
        String regions = IntStream.range(0, classes.size())
                .mapToObj(c -> classes.get(c) + " " + Numerals.percent(share(predicted, c), 0))
                .collect(Collectors.joining(", "));
        int examples = sets.stream().mapToInt(set -> set.x.length).sum();
        return "Decision regions over " + xLabel + " and " + yLabel + ": " + regions + " of the area. " + examples
                + " examples, " + mistakes() + " in a region of another class.";
    }

    private static double share(int[][] predicted, int label) {
        return Arrays.stream(predicted)
                        .flatMapToInt(Arrays::stream)
                        .filter(c -> c == label)
                        .count()
                / (double) (TILES * TILES);
    }

    private long mistakes() {
        return sets.stream()
                .mapToLong(set -> IntStream.range(0, set.x.length)
                        .filter(i -> classifier.applyAsInt(set.x[i], set.y[i]) != set.truth)
                        .count())
                .sum();
    }

    private static double at(double[] range, double tile) {
        return range[0] + (range[1] - range[0]) * tile / TILES;
    }

    private static boolean isInside(double value, double[] range) {
        return value >= range[0] && value <= range[1];
    }
}
