package dev.jzoo.datasets;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A reader of CSV files (RFC 4180), and of numbers in them. A cell in quotes may hold separators, and quotes written twice, but
 * no line end. Spaces around a cell do not count.
 */
public final class CsvFile {

    /** Commas, semicolons and tabs: for a file whose maker is not known. */
    public static final String ANY_SEPARATOR = ",;\t";

    /**
     * The cells of a line.
     *
     * @param number of the line, from 1
     */
    public record CsvLine(int number, List<String> cells) {
        public CsvLine {
            cells = List.copyOf(cells);
        }

        /** Where it is, for messages: "line 7". */
        @Override
        public String toString() {
            return "line " + number;
        }
    }

    /** What {@link Double#parseDouble} takes beyond this (NaN, 0x1p3, 1d) is nothing that a table has on purpose. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private CsvFile() {}

    /**
     * Reads some columns of a file with a header and commas between its cells.
     *
     * @return [row][column], finite
     * @throws DataFormatException naming the file, the line and the column
     */
    static double[][] read(Path file, List<String> columns) throws IOException {
        List<CsvLine> lines = lines(file, ",");
        if (lines.isEmpty()) {
            throw new DataFormatException(file, "expected a header and rows, found an empty file");
        }
        CsvLine header = lines.get(0);
        int[] indices = new int[columns.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index(file, header, columns.get(i));
        }
        List<double[]> rows = new ArrayList<>();
        for (CsvLine line : lines.subList(1, lines.size())) {
            rows.add(row(file, line, header.cells, indices));
        }
        if (rows.isEmpty()) {
            throw new DataFormatException(file, header + ": expected rows behind the header, found none");
        }
        return rows.toArray(double[][]::new);
    }

    /**
     * Reads the lines of a file that are not blank.
     *
     * @param separators characters, each of which ends a cell: "," or {@link #ANY_SEPARATOR}
     * @throws DataFormatException naming the file where it is not text in UTF-8, or the line where a quote is left open
     */
    public static List<CsvLine> lines(Path file, String separators) throws IOException {
        List<String> texts =
                Corpus.decode(file).replaceFirst("^\uFEFF", "").lines().toList();
        List<CsvLine> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                lines.add(new CsvLine(i + 1, cells(file, i + 1, texts.get(i), separators)));
            }
        }
        return lines;
    }

    /** Parses a finite decimal number; empty where the text is something else. */
    public static OptionalDouble number(String text) {
        String stripped = text.strip();
        double value = NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static int index(Path file, CsvLine header, String name) throws DataFormatException {
        int index = header.cells.indexOf(name);
        if (index < 0) {
            throw new DataFormatException(
                    file,
                    header + ": expected a column '" + name + "', found '" + String.join("', '", header.cells) + "'");
        }
        if (header.cells.lastIndexOf(name) != index) {
            throw new DataFormatException(file, header + ": expected one column '" + name + "', found more");
        }
        return index;
    }

    private static double[] row(Path file, CsvLine line, List<String> header, int[] indices)
            throws DataFormatException {
        if (line.cells.size() != header.size()) {
            throw new DataFormatException(
                    file,
                    line + ": expected " + header.size() + " cells, one for each column, found " + line.cells.size());
        }
        double[] row = new double[indices.length];
        for (int i = 0; i < row.length; i++) {
            String cell = line.cells.get(indices[i]);
            String column = header.get(indices[i]);
            row[i] = number(cell)
                    .orElseThrow(() -> new DataFormatException(
                            file,
                            line + ", column '" + column + "': expected a number, found "
                                    + (cell.isEmpty() ? "nothing" : "'" + cell + "'")));
        }
        return row;
    }

    private static List<String> cells(Path file, int line, String text, String separators) throws DataFormatException {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (separators.indexOf(c) >= 0 && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new DataFormatException(file, "line " + line + ": expected a quote that ends a cell, found the end");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
