package dev.jzoo.datasets;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A table of numbers with named columns. Immutable; arrays are copied in and out. */
public final class NumericTable {

    private final List<String> columns;
    /** The values, [row][column]. */
    private final double[][] rows;

    private final Provenance provenance;

    private NumericTable(List<String> columns, double[][] rows, Provenance provenance) {
        this.columns = columns;
        this.rows = rows;
        this.provenance = provenance;
    }

    /**
     * Creates a table from a copy of an array.
     *
     * @param columns names of the columns, without duplicates, at least one
     * @param rows finite values [row][column], at least one row
     * @param provenance the origin of the rows
     */
    public static NumericTable of(List<String> columns, double[][] rows, Provenance provenance) {
        Objects.requireNonNull(provenance, "provenance");
        if (columns.isEmpty() || columns.stream().distinct().count() != columns.size()) {
            throw new IllegalArgumentException("A table must have columns with different names, not " + columns + ".");
        }
        if (rows.length == 0) {
            throw new IllegalArgumentException("The table '" + provenance.name() + "' has no rows.");
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
     * Reads columns of a user's {@link CsvFile} with a header. The other columns may contain anything.
     *
     * @param file a file with a header and at least one row
     * @param columns names of the columns to read, in the wanted order
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

    /** Returns the names of the columns. */
    public List<String> columns() {
        return columns;
    }

    /** Returns the number of rows, at least 1. */
    public int size() {
        return rows.length;
    }

    /** Returns the origin of the rows. */
    public Provenance provenance() {
        return provenance;
    }

    /** Returns the values of one column, [row]. */
    public double[] column(String name) {
        int column = index(name);
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    /** Returns the values of some columns, [row][column], in the order of the names. */
    public double[][] columns(List<String> names) {
        int[] indices = names.stream().mapToInt(this::index).toArray();
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(indices).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }

    private int index(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "There is no column '" + name + "'. The columns are" + " " + String.join(", ", columns) + ".");
        }
        return index;
    }

    /** A table in two parts. */
    public record TableSplit(NumericTable train, NumericTable test) {}

    /**
     * Splits the rows into two parts at random.
     *
     * @param trainSize number of rows to train on, 1 to size - 1
     * @param seed any seed; equal seeds give equal splits
     */
    public TableSplit split(int trainSize, long seed) {
        if (trainSize < 1 || trainSize >= size()) {
            throw new IllegalArgumentException("A split of " + size() + " rows takes 1 to " + (size() - 1)
                    + " rows to train on, so that at least one is left to test on, not " + trainSize + ".");
        }
        int[] order = Shuffler.permutation(size(), seed, 0);
        double[][] mixed = Arrays.stream(order).mapToObj(row -> rows[row]).toArray(double[][]::new);
        return new TableSplit(
                new NumericTable(columns, Arrays.copyOf(mixed, trainSize), provenance),
                new NumericTable(columns, Arrays.copyOfRange(mixed, trainSize, size()), provenance));
    }

    /** Returns a description: "admissions all: 400 rows of 8 columns". */
    @Override
    public String toString() {
        return provenance.name() + ": " + shape();
    }

    String shape() {
        return size() + " rows of " + columns.size() + " columns";
    }
}
