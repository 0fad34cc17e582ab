package dev.jzoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A grid of small signals, each with a caption above it, all with the same scale. */
public final class SignalGrid {

    private static final int WIDTH = 1066;
    private static final int COLUMNS = 5;
    private static final int CELL_HEIGHT = 124;
    private static final int CAPTION = 22;
    private static final int GAP = 18;

    private record CaptionedSignal(String caption, double[] values) {}

    private final List<CaptionedSignal> signals = new ArrayList<>();

    private SignalGrid() {}

    /** Creates a grid without signals. */
    public static SignalGrid empty() {
        return new SignalGrid();
    }

    /** Adds a signal at the end of the grid. Copies the values: at least two, all finite. */
    public SignalGrid signal(String name, double[] values) {
        if (name.isBlank() || values.length < 2) {
            throw new IllegalArgumentException("A signal must have a caption and two values or more, not '" + name
                    + "' and" + " " + values.length + ".");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Signal '" + name + "' must have finite values, not " + value + ".");
            }
        }
        signals.add(new CaptionedSignal(name, values.clone()));
        return this;
    }

    /**
     * Draws the grid.
     *
     * @throws IllegalArgumentException if there is no signal
     */
    public Figure figure(String caption) {
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("The grid has no signals. Add signal(caption, values).");
        }
        double lowest = signals.stream()
                .flatMapToDouble(signal -> Arrays.stream(signal.values))
                .min()
                .orElseThrow();
        double highest = signals.stream()
                .flatMapToDouble(signal -> Arrays.stream(signal.values))
                .max()
                .orElseThrow();
        int rows = (signals.size() + COLUMNS - 1) / COLUMNS;
        String description = describe();
        Svg svg = new Svg(WIDTH, rows * (double) CELL_HEIGHT, description);
        double width = (WIDTH - GAP * (COLUMNS - 1.0)) / COLUMNS;
        for (int i = 0; i < signals.size(); i++) {
            double x = i % COLUMNS * (width + GAP);
            int row = i / COLUMNS;
            double y = row * (double) CELL_HEIGHT;
            cell(svg, signals.get(i), x, y, width, lowest, highest == lowest ? lowest + 1 : highest);
        }
        return new Figure(caption, description, svg.finish(), WIDTH);
    }

    private static void cell(
            Svg svg, CaptionedSignal signal, double x, double y, double width, double low, double high) {
        double top = y + CAPTION;
        double height = CELL_HEIGHT - CAPTION - GAP;
        svg.text(x, y + 14, "start", signal.caption, "font-size", 12.5);
        svg.box(x, top, width, height, 6, 0.05, signal.caption);
        Palette.INK.open(svg);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < signal.values.length; i++) {
            path.append(i == 0 ? "M" : " L")
                    .append(Numerals.coordinate(x + 6 + (width - 12) * i / (signal.values.length - 1)))
                    .append(' ')
                    .append(Numerals.coordinate(top + 6 + (height - 12) * (high - signal.values[i]) / (high - low)));
        }
        svg.leaf(
                "path",
                "d",
                path,
                "fill",
                "none",
                "stroke",
                "currentColor",
                "stroke-width",
                1.8,
                "stroke-linejoin",
                "round");
        svg.close();
    }

    private String describe() {
        return signals.size() + " signals: "
                + String.join(
                        "; ", signals.stream().map(CaptionedSignal::caption).toList()) + ".";
    }
}
