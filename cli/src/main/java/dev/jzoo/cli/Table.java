package dev.jzoo.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns, two spaces apart. Nothing is printed for a table without rows but its headings. */
final class Table {

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column with its heading; numbers stand on the right. */
    record Column(String heading, Side side) {
        static Column left(String heading) {
            return new Column(heading, Side.LEFT);
        }

        static Column right(String heading) {
            return new Column(heading, Side.RIGHT);
        }
    }

    /** Where a column's text stands. */
    enum Side {
        LEFT,
        RIGHT
    }

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    void print(PrintWriter out) {
        line(out, columns.stream().map(Column::heading).toList());
        rows.forEach(row -> line(out, row));
    }

    private void line(PrintWriter out, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(width(i) - cells.get(i).length());
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
