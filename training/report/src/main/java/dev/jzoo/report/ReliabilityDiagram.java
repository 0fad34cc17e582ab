package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A reliability diagram: accuracy by confidence, in equally wide bins. For a well-calibrated classifier, the bars end on the
 * diagonal. Each bar shows the number of its examples. The vertical line through its end is the 95 % interval of the accuracy,
 * which is wide for few examples.
 */
public final class ReliabilityDiagram {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;

    private record Bar(long examples, double confidence, double accuracy, double low, double high) {}

    private final List<Bar> bars = new ArrayList<>();

    private ReliabilityDiagram() {}

    /** Creates a diagram without bins. */
    public static ReliabilityDiagram empty() {
        return new ReliabilityDiagram();
    }

    /**
     * Adds the next bin. All bins together cover [0, 1].
     *
     * @param examples number of examples in the bin; a bin without examples is drawn empty, whatever the other arguments
     * @param confidence their mean confidence, 0 to 1
     * @param accuracy the share of right answers, 0 to 1
     * @param low lower end of the interval of the accuracy; outside 0 to 1 it is drawn at the edge
     * @param high upper end of that interval
     */
    public ReliabilityDiagram bin(long examples, double confidence, double accuracy, double low, double high) {
        if (examples < 0 || !isShare(confidence) || !isShare(accuracy)) {
            throw new IllegalArgumentException("Bin " + bars.size() + " has " + examples + " examples, confidence "
                    + confidence + " and accuracy " + accuracy + "; expected 0 or more examples, and shares from 0 to"
                    + " 1.");
        }
        bars.add(new Bar(examples, confidence, accuracy, clamp(low), clamp(high)));
        return this;
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }

    /**
     * Draws the diagram.
     *
     * @throws IllegalArgumentException if no bin has an example
     */
    public Figure figure(String caption) {
        if (bars.stream().allMatch(bar -> bar.examples == 0)) {
            throw new IllegalArgumentException("The diagram has no examples. Add bin(examples, confidence, accuracy).");
        }
        Axis x = Axis.tight("confidence", Scale.LINEAR, 0, 1, false);
        Axis y = Axis.rounded("accuracy", Scale.LINEAR, 0, 1);
        List<Plot.Key> legend = List.of(
                new Plot.Key("accuracy, number of examples", Line.LineStyle.BAR, Role.RIGHT.colour(), -1),
                new Plot.Key("equal to confidence", Line.LineStyle.DASHED, Palette.INK, -1));
        String description = describe();
        Plot plot = new Plot(WIDTH, HEIGHT, description, x, y, legend);
        for (int i = 0; i < bars.size(); i++) {
            if (bars.get(i).examples > 0) {
                bar(plot, bars.get(i), i);
            }
        }
        plot.svg().rule(plot.x(0), plot.y(0), plot.x(1), plot.y(1), 0.7, "6 4");
        return new Figure(caption, description, plot.svg().finish(), WIDTH);
    }

    private void bar(Plot plot, Bar bar, int index) {
        Svg svg = plot.svg();
        double from = plot.x((double) index / bars.size()) + 2;
        double width = plot.x((index + 1.0) / bars.size()) - 2 - from;
        double top = plot.y(bar.accuracy);
        Role.RIGHT.colour().open(svg);
        svg.box(from, top, width, plot.bottom() - top, 0, 0.35, describe(bar));
        svg.box(from, top - 1.25, width, 2.5, 0, 1, describe(bar));
        svg.close();
        double middle = plot.x(bar.confidence);
        svg.rule(middle, plot.y(bar.low), middle, plot.y(bar.high), 0.8, "none");
        svg.open("g", "pointer-events", "none");
        svg.text(from + width / 2, plot.bottom() - 6, "middle", Numerals.whole(bar.examples), "font-size", 10.5);
        svg.close();
    }

    private String describe() {
        List<String> parts = bars.stream()
                .filter(bar -> bar.examples > 0)
                .map(ReliabilityDiagram::describe)
                .toList();
        return "Reliability diagram of " + bars.size() + " bins. " + String.join("; ", parts) + ".";
    }

    private static String describe(Bar bar) {
        return Numerals.whole(bar.examples) + " examples with a mean confidence of "
                + Numerals.decimal(bar.confidence, 3) + ": " + Numerals.decimal(bar.accuracy, 3) + " right";
    }
}
