package dev.jzoo.report;

import java.util.Arrays;
import java.util.List;

/**
 * A confusion matrix: a heat map with counts and row percentages. Rows are true classes, columns predicted ones. The diagonal is
 * blue by its share of the row (the recall). Mistakes are orange, the most frequent one the darkest.
 */
public final class ConfusionMatrix {

    private static final double CELL = 58;
    private static final double ABOVE = 44;
    /** The maximum number of classes with counts in the cells. With more classes, only tooltips show the counts. */
    private static final int WRITTEN = 20;

    private final List<String> labels;
    private final long[][] counts;
    private final long[] rowTotals;
    private final double worstMistake;
    private final double cell;
    private final double left;

    private ConfusionMatrix(List<String> labels, long[][] counts) {
        int n = labels.size();
        if (n == 0 || counts.length != n) {
            throw new IllegalArgumentException("A confusion matrix of " + n + " labels must have the same number of"
                    + " rows, and at"
                    + " least one, not " + counts.length + ".");
        }
        for (int row = 0; row < n; row++) {
            if (counts[row].length != n || Arrays.stream(counts[row]).anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException("Row '" + labels.get(row) + "' of the confusion matrix must have"
                        + " " + n
                        + " counts of 0 or more, not " + Arrays.toString(counts[row]) + ".");
            }
        }
        this.labels = List.copyOf(labels);
        this.counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
        this.rowTotals =
                Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).toArray();
        this.worstMistake = worstShare();
        this.cell = n <= WRITTEN ? CELL : Math.max(8, CELL * WRITTEN / n / 1.5);
        this.left = 34
                + labels.stream()
                        .mapToDouble(label -> Svg.widthOf(label, 12.5))
                        .max()
                        .orElse(0);
    }

    /** Creates a matrix of counts[truth][prediction], square, with one label per class. The counts are copied. */
    public static ConfusionMatrix of(List<String> labels, long[][] counts) {
        return new ConfusionMatrix(labels, counts);
    }

    /** Draws the matrix. */
    public Figure figure(String caption) {
        int n = labels.size();
        double width = left + n * cell + 10;
        Svg svg = new Svg(width, ABOVE + n * cell + 10, describe());
        svg.text(left + n * cell / 2, 14, "middle", "predicted", "font-size", 12.5);
        svg.upright(12, ABOVE + n * cell / 2, "truth");
        for (int i = 0; i < n; i++) {
            svg.text(left - 8, ABOVE + (i + 0.5) * cell + 4, "end", labels.get(i), "font-size", Math.min(12.5, cell));
            header(svg, i);
        }
        // In the dark scheme, the CSS class gives the cells deeper colours, on which white letters are readable.
        svg.open("g", "class", "jz-cells");
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                cell(svg, row, column);
            }
        }
        svg.close();
        return new Figure(caption, describe(), svg.finish(), (int) Math.ceil(width));
    }

    /** Writes a label above its column, shortened to the column's width. */
    private void header(Svg svg, int column) {
        String label = labels.get(column);
        double size = Math.min(12.5, cell);
        int fitting = (int) Math.max(1, cell / Svg.widthOf("m", size));
        if (label.codePointCount(0, label.length()) > fitting) {
            String ellipsis = fitting > 3 ? "…" : "";
            label = label.substring(0, label.offsetByCodePoints(0, fitting - ellipsis.length())) + ellipsis;
        }
        svg.text(left + (column + 0.5) * cell, ABOVE - 8, "middle", label, "font-size", size);
    }

    private void cell(Svg svg, int row, int column) {
        double x = left + column * cell;
        double y = ABOVE + row * cell;
        long count = counts[row][column];
        double share = rowTotals[row] == 0 ? 0 : (double) count / rowTotals[row];
        // Mistakes are rare, so they have their own scale: the most frequent one is the darkest.
        double strength = row == column ? share : 0.75 * share / Math.max(1e-9, worstMistake);
        (row == column ? Role.RIGHT : Role.WRONG).colour().open(svg);
        String meaning = labels.get(row) + " predicted as " + labels.get(column) + ": " + Numerals.whole(count) + " of "
                + Numerals.whole(rowTotals[row]);
        double opacity = count == 0 ? 0.05 : 0.12 + 0.88 * strength;
        svg.box(x + 1, y + 1, cell - 2, cell - 2, Math.min(4, cell / 6), opacity, meaning);
        svg.close();
        if (count > 0 && labels.size() <= WRITTEN) {
            svg.open(
                    "g",
                    "fill",
                    row == column && strength > 0.8 ? "#ffffff" : "currentColor",
                    "pointer-events",
                    "none");
            String weight = row == column ? "600" : "400";
            double middle = x + cell / 2;
            svg.text(middle, y + 28, "middle", Numerals.whole(count), "font-size", 14, "font-weight", weight);
            svg.text(middle, y + 44, "middle", Numerals.percent(share, 1), "font-size", 10.5, "fill-opacity", 0.9);
            svg.close();
        }
    }

    /** Returns the highest share of its row that a mistake has. */
    private double worstShare() {
        double worst = 0;
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts.length; column++) {
                if (row != column && rowTotals[row] > 0) {
                    worst = Math.max(worst, (double) counts[row][column] / rowTotals[row]);
                }
            }
        }
        return worst;
    }

    private String describe() {
        long right = 0;
        int truth = 0;
        int prediction = 0;
        for (int row = 0; row < counts.length; row++) {
            right += counts[row][row];
            for (int column = 0; column < counts.length; column++) {
                if (row != column && (truth == prediction || counts[row][column] > counts[truth][prediction])) {
                    truth = row;
                    prediction = column;
                }
            }
        }
        String text = "Confusion matrix of " + counts.length + " classes: " + Numerals.whole(right) + " of "
                + Numerals.whole(Arrays.stream(rowTotals).sum()) + " right.";
        if (truth != prediction && counts[truth][prediction] > 0) {
            text += " Most frequent mistake: " + labels.get(truth) + " predicted as " + labels.get(prediction) + ", "
                    + Numerals.whole(counts[truth][prediction]) + " times.";
        }
        return text;
    }
}
