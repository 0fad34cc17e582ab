package dev.jzoo.datasets;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A CSV file (RFC 4180) in UTF-8 and its numbers. A quoted cell may contain separators, and quotes written twice, but no line
 * breaks. Spaces around a cell are ignored.
 *
 * <p>A file has one separator: the first of tab, semicolon and comma that gives every line the same number of cells, more than
 * one. If none does, a file that contains one of the three is rejected, and any other file has one cell a line. If the separator
 * is not the comma, a column of numbers may have decimal commas: {@code 80,25} is 80.25.
 */
public final class CsvFile {

    /** The possible separators, in the order in which they are tried. */
    private static final String SEPARATORS = "\t;,";

    /**
     * The cells of a line.
     *
     * @param number number of the line, from 1
     */
    public record CsvLine(int number, List<String> cells) {
        public CsvLine {
            cells = List.copyOf(cells);
        }

        /** Returns the line's name for messages: "line 7". */
        @Override
        public String toString() {
            return "line " + number;
        }
    }

    /** The form of a number. {@link Double#parseDouble} accepts more (NaN, 0x1p3, 1d), which no table has on purpose. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?(\\d+,\\d*|,\\d+)([eE][-+]?\\d{1,3})?");

    private final Path file;
    private final char separator;
    private final List<CsvLine> lines;

    private CsvFile(Path file, char separator, List<CsvLine> lines) {
        this.file = file;
        this.separator = separator;
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads a file.
     *
     * @throws DataFormatException naming the file if it is not UTF-8 text, or the line if a quote is not closed or the number of
     *     cells differs from that of the first line
     */
    public static CsvFile read(Path file) throws IOException {
        List<String> texts =
                Corpus.decode(file).replaceFirst("^\uFEFF", "").lines().toList();
        DataFormatException ragged = null;
        for (char separator : SEPARATORS.toCharArray()) {
            CsvFile table = new CsvFile(file, separator, lines(file, texts, separator));
            Optional<DataFormatException> fault = table.raggedness();
            if (fault.isEmpty() && table.width() > 1) {
                return table;
            }
            // The separator found in the first line is most likely the intended one.
            ragged = fault.isPresent() && (ragged == null || table.width() > 1) ? fault.get() : ragged;
        }
        if (ragged != null) {
            throw ragged;
        }
        return new CsvFile(file, ',', lines(file, texts, ','));
    }

    private static List<CsvLine> lines(Path file, List<String> texts, char separator) throws DataFormatException {
        List<CsvLine> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                lines.add(new CsvLine(i + 1, cells(file, i + 1, texts.get(i), separator)));
            }
        }
        return lines;
    }

    /** Returns the number of cells in the first line; 0 for an empty file. */
    public int width() {
        return lines.isEmpty() ? 0 : lines.get(0).cells().size();
    }

    private Optional<DataFormatException> raggedness() {
        return lines.stream()
                .filter(line -> line.cells().size() != width())
                .findFirst()
                .map(line -> new DataFormatException(
                        file,
                        line + ": expected " + width() + (width() == 1 ? " cell" : " cells, one for each column")
                                + ", found " + line.cells().size()));
    }

    /** Returns the lines that are not blank, each with {@link #width()} cells. */
    public List<CsvLine> lines() {
        return lines;
    }

    /** Returns the lines after the heading. A first line counts as a heading if its cells in these columns are not numbers. */
    public List<CsvLine> rows(int... columns) {
        boolean heading = !lines.isEmpty()
                && Arrays.stream(columns)
                        .allMatch(column -> isNoNumber(lines.get(0).cells().get(column)));
        return heading ? lines.subList(1, lines.size()) : lines;
    }

    private boolean isNoNumber(String cell) {
        return number(cell).isEmpty()
                && (separator == ',' || !DECIMAL_COMMA.matcher(cell).matches());
    }

    /**
     * Returns the numbers of a column.
     *
     * @param rows some of {@link #lines()}
     * @param column index of the cell in its line, from 0
     * @throws DataFormatException naming the file, the line and the cell that is not a number, or that mixes decimal points and
     *     decimal commas in one column
     */
    public double[] numbers(List<CsvLine> rows, int column) throws DataFormatException {
        return numbers(rows, column, "cell " + (column + 1));
    }

    private double[] numbers(List<CsvLine> rows, int column, String name) throws DataFormatException {
        boolean commas = separator != ','
                && rows.stream()
                        .anyMatch(row ->
                                DECIMAL_COMMA.matcher(row.cells().get(column)).matches());
        double[] numbers = new double[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            CsvLine row = rows.get(i);
            String cell = row.cells().get(column);
            if (commas && cell.contains(".")) {
                throw new DataFormatException(
                        file,
                        row + ", " + name + ": expected a decimal comma, as in the rest of the column, found '" + cell
                                + "'");
            }
            numbers[i] = number(commas ? cell.replace(',', '.') : cell)
                    .orElseThrow(() -> new DataFormatException(
                            file,
                            row + ", " + name + ": expected a number, found "
                                    + (cell.isEmpty() ? "nothing" : "'" + cell + "'")));
        }
        return numbers;
    }

    /**
     * Returns the numbers of all columns, without the heading. A first line without any number counts as a heading.
     *
     * @return [row][column], finite
     * @throws DataFormatException naming the file, the line and the cell
     */
    public double[][] numbers() throws DataFormatException {
        List<CsvLine> rows = rows(IntStream.range(0, width()).toArray());
        double[][] numbers = new double[rows.size()][width()];
        for (int column = 0; column < width(); column++) {
            put(numbers, column, numbers(rows, column));
        }
        return numbers;
    }

    private static void put(double[][] numbers, int column, double[] values) {
        for (int row = 0; row < values.length; row++) {
            numbers[row][column] = values[row];
        }
    }

    /**
     * Returns the numbers of some columns, by their names in the first line.
     *
     * @return [row][column], finite, at least one row
     * @throws DataFormatException naming the file, the line and the column
     */
    double[][] numbers(List<String> columns) throws DataFormatException {
        if (lines.isEmpty()) {
            throw new DataFormatException(file, "expected a header and rows, found an empty file");
        }
        List<CsvLine> rows = lines.subList(1, lines.size());
        if (rows.isEmpty()) {
            throw new DataFormatException(file, lines.get(0) + ": expected rows after the header, found none");
        }
        double[][] numbers = new double[rows.size()][columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            put(numbers, i, numbers(rows, column(columns.get(i)), "column '" + columns.get(i) + "'"));
        }
        return numbers;
    }

    /**
     * Returns the index of a column, from 0.
     *
     * @param name the column's name in the first line
     * @throws DataFormatException naming the file if it has no such column, or several
     */
    public int column(String name) throws DataFormatException {
        CsvLine header = lines.get(0);
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

    /** Parses a decimal number that is finite as a float, the type that models compute with; empty for any other text. */
    public static OptionalDouble number(String text) {
        String stripped = text.strip();
        double value = NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
        return Float.isFinite((float) value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static List<String> cells(Path file, int line, String text, char separator) throws DataFormatException {
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
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new DataFormatException(
                    file, "line " + line + ": expected a closing quote, found the end of the" + " line");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
