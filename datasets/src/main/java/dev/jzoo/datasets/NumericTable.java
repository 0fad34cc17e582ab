package dev.jzoo.datasets;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Rows of numbers whose columns have names. Immutable; arrays are copied in and out. */
public final class NumericTable {

    private final List<String> columns;
    /** [row][column] */
    private final double[][] rows;

    private final Provenance provenance;

    private NumericTable(List<String> columns, double[][] rows, Provenance provenance) {
        this.columns = columns;
        this.rows = rows;
        this.provenance = provenance;
    }

    /**
     * @param columns names of the columns, each once, at least one
     * @param rows finite values [row][column], at least one row
     * @param provenance where they come from
     */
    public static NumericTable of(List<String> columns, double[][] rows, Provenance provenance) {
        Objects.requireNonNull(provenance, "provenance");
        if (columns.isEmpty() || columns.stream().distinct().count() != columns.size()) {
            throw new IllegalArgumentException(
                    "A table has columns, each with a name of its own; got " + columns + ".");
        }
        if (rows.length == 0) {
            throw new IllegalArgumentException("The table '" + provenance.name() + "' has no row.");
        }
        double[][] copy = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns.size() || !Arrays.stream(rows[row]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("Row " + row + " has the values " + Arrays.toString(rows[row])
                        + ", expected finite ones for " + columns + ".");
            }
            copy[row] = rows[row].clone();
        }
        return new NumericTable(List.copyOf(columns), copy, provenance);
    }

    /**
     * Reads columns of a user's {@link CsvFile} with a header. Columns that are not asked for may hold anything.
     *
     * @param file with at least one row behind its header
     * @param columns names of the columns to read, in the order to have them
     * @throws DataFormatException naming the file, the line and the column
     */
    public static NumericTable read(Path file, List<String> columns) throws IOException {
        return read(
                file,
                columns,
                new Provenance("table", file.getFileName().toString(), Sha256.of(file), "A file of the user."));
    }

    public static NumericTable read(Path file, List<String> columns, Provenance provenance) throws IOException {
        return of(columns, CsvFile.read(file).numbers(columns), provenance);
    }

    /** Names of the columns. */
    public List<String> columns() {
        return columns;
    }

    /** Number of rows, at least 1. */
    public int size() {
        return rows.length;
    }

    /** Where the rows come from. */
    public Provenance provenance() {
        return provenance;
    }

    /** The values of one column, [row]. */
    public double[] column(String name) {
        int column = index(name);
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    /** The values of some columns, [row][column], in the order of the names. */
    public double[][] columns(List<String> names) {
        int[] indices = names.stream().mapToInt(this::index).toArray();
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(indices).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }

    private int index(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("There is no column '" + name + "'; there are " + columns + ".");
        }
        return index;
    }

    /** A table in two parts. */
    public record TableSplit(NumericTable train, NumericTable test) {}

    /**
     * Splits the rows at random: each is in one of the two parts.
     *
     * @param trainSize number of rows to train on, 1 to size - 1
     * @param seed any; the split is a function of it
     */
    public TableSplit split(int trainSize, long seed) {
        if (trainSize < 1 || trainSize >= size()) {
            throw new IllegalArgumentException("Of " + size() + " rows 1 to " + (size() - 1)
                    + " can be trained on, so that some are left to test on; asked for " + trainSize + ".");
        }
        int[] order = Shuffler.permutation(size(), seed, 0);
        double[][] mixed = Arrays.stream(order).mapToObj(row -> rows[row]).toArray(double[][]::new);
        return new TableSplit(
                new NumericTable(columns, Arrays.copyOf(mixed, trainSize), provenance),
                new NumericTable(columns, Arrays.copyOfRange(mixed, trainSize, size()), provenance));
    }

    /** "admissions all: 400 rows of 8 columns". */
    @Override
    public String toString() {
        return provenance.name() + ": " + shape();
    }

    String shape() {
        return size() + " rows of " + columns.size() + " columns";
    }
}
