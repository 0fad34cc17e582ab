package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.datasets.CsvFile;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The last values of a series as the user types them: numbers, or one CSV file.
 *
 * @param inputs words of the command line; empty for no history
 * @param column name of the column in the CSV file; the last column if empty
 */
public record HistoryInput(Host host, List<String> inputs, Optional<String> column) {

    /** Returns the values, oldest first. Fails with UsageException naming a word that is not a number. */
    double[] values() throws IOException {
        if (inputs.size() == 1 && CsvFile.number(inputs.get(0)).isEmpty()) {
            return read(host.path(inputs.get(0)));
        }
        return inputs.stream()
                .mapToDouble(text -> CsvFile.number(text)
                        .orElseThrow(() -> new UsageException("'" + text
                                + "' is not a number. A forecaster expects numbers, oldest first, or one CSV file.")))
                .toArray();
    }

    private double[] read(Path file) throws IOException {
        CsvFile table = CsvFile.read(file);
        if (table.lines().isEmpty()) {
            throw new DataFormatException(file, "expected at least one number, found none");
        }
        int at = column.isPresent() ? table.column(column.get()) : table.width() - 1;
        double[] values = table.numbers(table.rows(at), at);
        if (values.length == 0) {
            throw new DataFormatException(file, "expected at least one number, found none");
        }
        return values;
    }
}
