package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table with a caption. Add columns first, then rows. Numbers have the decimals of their column, the same in every locale, and
 * are aligned to the right.
 *
 * <pre>{@code
 * Table.captioned("RMSE in thousands of passengers.")
 *         .text("method").decimal("train", 2).decimal("test", 2)
 *         .row("persistence", 23.18, 48.66)
 *         .row("LSTM(4)", 22.76, 50.21);
 * }</pre>
 */
public final class Table {

    /** The format of a column's cells. */
    private enum ColumnKind {
        TEXT,
        WHOLE,
        DECIMAL,
        SIGNIFICANT,
        PERCENT
    }

    private record ReportColumn(String heading, ColumnKind kind, int decimals) {
        String css() {
            return kind == ColumnKind.TEXT ? "" : " class=\"number\"";
        }
    }

    private final String caption;
    private final List<ReportColumn> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private Table(String caption) {
        this.caption = Objects.requireNonNull(caption, "caption");
    }

    /** Creates a table without columns. The caption names its content, with units. */
    public static Table captioned(String caption) {
        return new Table(caption);
    }

    /** Adds a column of text. */
    public Table text(String heading) {
        return column(heading, ColumnKind.TEXT, 0);
    }

    /** Adds a column of whole numbers, in groups of three digits. */
    public Table whole(String heading) {
        return column(heading, ColumnKind.WHOLE, 0);
    }

    /** Adds a column of numbers with a fixed number of decimals. */
    public Table decimal(String heading, int decimals) {
        return column(heading, ColumnKind.DECIMAL, decimals);
    }

    /** Adds a column of numbers of unknown magnitude, with four significant digits. */
    public Table significant(String heading) {
        return column(heading, ColumnKind.SIGNIFICANT, 0);
    }

    /** Adds a column of shares in [0, 1], written as percentages with a fixed number of decimals. */
    public Table percent(String heading, int decimals) {
        return column(heading, ColumnKind.PERCENT, decimals);
    }

    /**
     * Adds a row: one cell per column, a {@link Number} for a column of numbers and a {@link String} for a column of text. The
     * empty string leaves a cell of either kind empty.
     */
    public Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("Table '" + caption + "' has " + columns.size()
                    + " columns, but the row " + List.of(cells) + " has " + cells.length + " cells.");
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            written.add(write(columns.get(i), cells[i]));
        }
        rows.add(written);
        return this;
    }

    private Table column(String heading, ColumnKind kind, int decimals) {
        if (!rows.isEmpty()) {
            throw new IllegalStateException(
                    "Table '" + caption + "' already has rows; add column '" + heading + "' before the first row.");
        }
        columns.add(new ReportColumn(heading, kind, decimals));
        return this;
    }

    private String write(ReportColumn column, Object cell) {
        if (cell.equals("")) {
            return "–";
        }
        if (column.kind() == ColumnKind.TEXT && cell instanceof String text) {
            return text;
        }
        if (column.kind() != ColumnKind.TEXT && cell instanceof Number number) {
            return switch (column.kind()) {
                case WHOLE -> Numerals.whole(number.longValue());
                case SIGNIFICANT -> Numerals.significant(number.doubleValue());
                case PERCENT -> Numerals.percent(number.doubleValue(), column.decimals());
                default -> Numerals.decimal(number.doubleValue(), column.decimals());
            };
        }
        throw new IllegalArgumentException("Column '" + column.heading() + "' of table '" + caption + "' takes "
                + (column.kind() == ColumnKind.TEXT ? "a String" : "a Number") + ", not " + cell + " ("
                + cell.getClass().getSimpleName() + ").");
    }

    /** Lets a long name, such as a tensor's, break after a dot, a slash or an underscore. */
    private static String breakable(String text) {
        return Markup.escape(text).replaceAll("(?<=\\p{Alpha})([./_])(?=\\p{Alpha})", "$1<wbr/>");
    }

    /** Returns the table as HTML. The first cell of a row is its heading. */
    public String html() {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>\n<caption>");
        out.append(Markup.escape(caption)).append("</caption>\n<thead><tr>");
        columns.forEach(column -> out.append("<th scope=\"col\"" + column.css() + ">")
                .append(Markup.escape(column.heading()))
                .append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String tag = i == 0 ? "th scope=\"row\"" : "td";
                out.append('<').append(tag).append(columns.get(i).css()).append('>');
                out.append(breakable(row.get(i))).append(i == 0 ? "</th>" : "</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table></div>\n").toString();
    }
}
