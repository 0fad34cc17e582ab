package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.datasets.CsvFile;
import dev.jzoo.datasets.NumericTable;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a table as the user types them: the numbers of one row in the order of the model's columns, or a CSV file with
 * columns of these names.
 *
 * @param inputs words of the command line
 */
public record RowsInput(Host host, List<String> inputs) {

    /**
     * Reads the rows, each with a number for each column.
     *
     * @param columns names of the columns
     * @param named whether the model has these names; otherwise a file's columns are read in their order
     * @param model name of the model, for messages
     * @throws UsageException naming each column whose word is not a number or is missing
     * @throws DataFormatException naming the file, the line and the column
     */
    List<double[]> rows(List<String> columns, boolean named, String model) throws IOException {
        if (inputs.isEmpty()) {
            throw new UsageException(model + " predicts from " + columns.size() + " values ("
                    + String.join(", ", columns) + "); expected them in this order, or a CSV file with these columns.");
        }
        if (inputs.size() == 1 && CsvFile.number(inputs.get(0)).isEmpty()) {
            Path file = host.path(inputs.get(0));
            return Arrays.asList(named ? NumericTable.read(file, columns).columns(columns) : all(file, columns.size()));
        }
        return List.of(words(columns, model));
    }

    /** Reads all columns of a table in their order, for a model without column names. */
    private static double[][] all(Path file, int width) throws IOException {
        CsvFile table = CsvFile.read(file);
        if (table.width() != width) {
            throw new DataFormatException(
                    file,
                    "expected " + width + " columns, one for each input value of the model, found " + table.width());
        }
        return table.numbers();
    }

    private double[] words(List<String> columns, String model) {
        List<String> faults = new ArrayList<>();
        double[] row = new double[inputs.size()];
        for (int i = 0; i < row.length; i++) {
            String column = i < columns.size() ? columns.get(i) : "nothing";
            String text = inputs.get(i);
            row[i] = CsvFile.number(text).orElse(Double.NaN);
            if (Double.isNaN(row[i])) {
                faults.add("'" + text + "' for " + column + " is not a number");
            }
        }
        if (row.length < columns.size()) {
            faults.add("no value for " + String.join(", ", columns.subList(row.length, columns.size())));
        } else if (row.length > columns.size()) {
            faults.add("found " + row.length + " values for " + columns.size() + " columns");
        }
        if (!faults.isEmpty()) {
            throw new UsageException(String.join("; ", faults) + ". " + model + " expects " + String.join(", ", columns)
                    + ", in this order.");
        }
        return row;
    }
}
