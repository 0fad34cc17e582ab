package dev.jzoo.datasets;

import dev.jzoo.zoo.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Numbers in a CSV file (RFC 4180): a header, then a line for each row, cells separated by commas. A cell in quotes may
 * hold commas, and quotes written twice, but no line end. Spaces around a cell do not count.
 */
final class CsvFile {

    /** What {@link Double#parseDouble} takes beyond this (NaN, 0x1p3, 1d) is nothing that a table has on purpose. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private CsvFile() {}

    /**
     * Reads some columns.
     *
     * @return [row][column], finite
     * @throws DataFormatException naming the file, the line and the column
     */
    static double[][] read(Path file, List<String> columns) throws IOException {
        List<String> lines = Corpus.decode(file).lines().toList();
        if (lines.isEmpty()) {
            throw new DataFormatException(file, "expected a header and rows, found an empty file");
        }
        List<String> header = cells(file, 1, lines.get(0).replaceFirst("^\uFEFF", ""));
        int[] indices = new int[columns.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index(file, header, columns.get(i));
        }
        List<double[]> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(file, i + 1, cells(file, i + 1, lines.get(i)), header, indices));
            }
        }
        if (rows.isEmpty()) {
            throw new DataFormatException(file, "line 1: expected rows behind the header, found none");
        }
        return rows.toArray(double[][]::new);
    }

    private static int index(Path file, List<String> header, String name) throws DataFormatException {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new DataFormatException(
                    file, "line 1: expected a column '" + name + "', found '" + String.join("', '", header) + "'");
        }
        if (header.lastIndexOf(name) != index) {
            throw new DataFormatException(file, "line 1: expected one column '" + name + "', found more");
        }
        return index;
    }

    private static double[] row(Path file, int line, List<String> cells, List<String> header, int[] indices)
            throws DataFormatException {
        if (cells.size() != header.size()) {
            throw new DataFormatException(
                    file,
                    "line " + line + ": expected " + header.size() + " cells, one for each column, found "
                            + cells.size());
        }
        double[] row = new double[indices.length];
        for (int i = 0; i < row.length; i++) {
            String cell = cells.get(indices[i]);
            row[i] = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
            if (!Double.isFinite(row[i])) {
                throw new DataFormatException(
                        file,
                        "line " + line + ", column '" + header.get(indices[i]) + "': expected a number, found "
                                + (cell.isEmpty() ? "nothing" : "'" + cell + "'"));
            }
        }
        return row;
    }

    private static List<String> cells(Path file, int line, String text) throws DataFormatException {
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
            } else if (c == ',' && !quoted) {
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
