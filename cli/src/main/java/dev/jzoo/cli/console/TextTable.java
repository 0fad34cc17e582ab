package dev.jzoo.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of text with columns two spaces apart. A table without rows prints its headings only. */
public final class TextTable {

    private final List<TextColumn> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column with its heading. Columns of numbers are right-aligned. */
    public record TextColumn(String heading, Side side) {
        public static TextColumn left(String heading) {
            return new TextColumn(heading, Side.LEFT);
        }

        public static TextColumn right(String heading) {
            return new TextColumn(heading, Side.RIGHT);
        }
    }

    /** The alignment of a column. */
    enum Side {
        LEFT,
        RIGHT
    }

    public TextTable(TextColumn... columns) {
        this.columns = List.of(columns);
    }

    public TextTable row(String... cells) {
        rows.add(Stream.of(cells).map(PlainWriter::line).toList());
        return this;
    }

    public void print(PrintWriter out) {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        line(out, columns.stream().map(TextColumn::heading).toList(), widths);
        rows.forEach(row -> line(out, row, widths));
    }

    private void line(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(columns.get(i).side() == Side.LEFT ? cells.get(i) + padding : padding + cells.get(i));
        }
        out.println(line.toString().stripTrailing());
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(columns.get(column).heading().length(), Math::max);
    }
}
