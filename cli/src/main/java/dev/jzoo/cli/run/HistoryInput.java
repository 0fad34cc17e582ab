package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.datasets.CsvFile;
import dev.jzoo.datasets.CsvFile.CsvLine;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last values of a series as the user gives them: numbers, or one CSV file.
 *
 * @param inputs words of the command line; none for no history
 * @param column name of the column in the CSV file; the last one if empty
 */
public record HistoryInput(Host host, List<String> inputs, Optional<String> column) {

    /** The values, oldest first. Fails with UsageException naming what is no number. */
    double[] values() throws IOException {
        if (inputs.size() == 1 && CsvFile.number(inputs.get(0)).isEmpty()) {
            return read(host.path(inputs.get(0)));
        }
        return inputs.stream()
                .mapToDouble(text -> CsvFile.number(text)
                        .orElseThrow(() -> new UsageException("'" + text
                                + "' is no number. A forecaster takes numbers, oldest first, or one CSV file.")))
                .toArray();
    }

    private double[] read(Path file) throws IOException {
        List<Double> values = new ArrayList<>();
        int at = -1;
        for (CsvLine line : CsvFile.lines(file, CsvFile.ANY_SEPARATOR)) {
            List<String> cells = line.cells();
            if (at < 0) {
                at = column(file, line);
                if (CsvFile.number(cells.get(at)).isEmpty()) {
                    continue; // the heading
                }
            }
            String cell = at < cells.size() ? cells.get(at) : "";
            values.add(CsvFile.number(cell)
                    .orElseThrow(
                            () -> new DataFormatException(file, line + ": expected a number, found '" + cell + "'")));
        }
        if (values.isEmpty()) {
            throw new DataFormatException(file, "expected at least one number, found none");
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private int column(Path file, CsvLine heading) throws DataFormatException {
        if (column.isEmpty()) {
            return heading.cells().size() - 1;
        }
        int at = heading.cells().indexOf(column.get());
        if (at < 0) {
            throw new DataFormatException(
                    file,
                    heading + ": there is no column '" + column.get() + "'; there are "
                            + String.join(", ", heading.cells()));
        }
        return at;
    }
}
