package dev.jzoo.cli;

import dev.jzoo.zoo.DataFormatException;
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
record HistoryInput(Host host, List<String> inputs, Optional<String> column) {

    /** The values, oldest first. Fails with IllegalArgumentException naming what is no number. */
    double[] values() throws IOException {
        if (inputs.size() == 1 && NumbersFile.number(inputs.get(0)).isEmpty()) {
            return read(host.path(inputs.get(0)));
        }
        return inputs.stream()
                .mapToDouble(text -> NumbersFile.number(text)
                        .orElseThrow(() -> new IllegalArgumentException("'" + text
                                + "' is no number. A forecaster takes numbers, oldest first, or one CSV file.")))
                .toArray();
    }

    private double[] read(Path file) throws IOException {
        List<String> lines = NumbersFile.lines(file);
        List<Double> values = new ArrayList<>();
        int at = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> cells = NumbersFile.cells(lines.get(i));
            if (at < 0) {
                at = column(file, cells);
                if (NumbersFile.number(cells.get(at)).isEmpty()) {
                    continue; // the heading
                }
            }
            String cell = at < cells.size() ? cells.get(at) : "";
            int line = i + 1;
            values.add(NumbersFile.number(cell)
                    .orElseThrow(() -> new DataFormatException(
                            file, "line " + line + ": expected a number, found '" + cell + "'")));
        }
        if (values.isEmpty()) {
            throw new DataFormatException(file, "expected at least one number, found none");
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private int column(Path file, List<String> heading) throws DataFormatException {
        if (column.isEmpty()) {
            return heading.size() - 1;
        }
        int at = heading.indexOf(column.get());
        if (at < 0) {
            throw new DataFormatException(
                    file, "line 1: there is no column '" + column.get() + "'; there are " + String.join(", ", heading));
        }
        return at;
    }
}
