package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.datasets.CsvFile;
import dev.jzoo.datasets.CsvFile.CsvLine;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Signals as the user gives them: the numbers of one, or CSV files. In a file each line is a signal, or each line has one
 * number and all of them are a signal; a first line of names is passed over.
 *
 * @param inputs words of the command line
 */
public record SignalsInput(Host host, List<String> inputs) {

    /** A signal with what it is called in the result: "signal.csv", or "signal.csv:3" where its file has several. */
    record NamedSignal(String name, double[] values) {}

    /**
     * Reads them.
     *
     * @param length numbers that a signal must have
     * @param model name of the model, for messages
     * @throws UsageException where numbers of the command line are too few or too many
     * @throws DataFormatException naming the file and the line
     */
    List<NamedSignal> signals(int length, String model) throws IOException {
        if (inputs.isEmpty()) {
            throw new UsageException(model + " classifies signals of " + length
                    + " values: name a CSV file of them, or give the values of one.");
        }
        if (CsvFile.number(inputs.get(0)).isPresent()) {
            return List.of(words(length, model));
        }
        List<NamedSignal> signals = new ArrayList<>();
        for (String input : inputs) {
            signals.addAll(read(input, host.path(input), length));
        }
        return signals;
    }

    private NamedSignal words(int length, String model) {
        double[] values = inputs.stream()
                .mapToDouble(text -> CsvFile.number(text)
                        .orElseThrow(() -> new UsageException(
                                "'" + text + "' is no number. A classifier of signals takes numbers or CSV files.")))
                .toArray();
        if (values.length != length) {
            throw new UsageException(
                    model + " takes " + length + " values for a signal, given were " + values.length + ".");
        }
        return new NamedSignal("numbers", values);
    }

    private static List<NamedSignal> read(String name, Path file, int length) throws IOException {
        CsvFile table = CsvFile.read(file);
        List<CsvLine> lines = table.rows(IntStream.range(0, table.width()).toArray());
        double[][] rows = table.numbers();
        return length > 1 && rows.length > 0 && table.width() == 1
                ? List.of(column(name, file, rows, length))
                : signals(name, file, rows, lines, length);
    }

    private static NamedSignal column(String name, Path file, double[][] rows, int length) throws DataFormatException {
        if (rows.length != length) {
            throw new DataFormatException(
                    file, "expected a signal of " + length + " numbers, one in a line, found " + rows.length);
        }
        return new NamedSignal(
                name, Arrays.stream(rows).mapToDouble(row -> row[0]).toArray());
    }

    private static List<NamedSignal> signals(String name, Path file, double[][] rows, List<CsvLine> lines, int length)
            throws DataFormatException {
        if (rows.length == 0) {
            throw new DataFormatException(file, "expected at least one signal of " + length + " numbers, found none");
        }
        if (rows[0].length != length) {
            throw new DataFormatException(
                    file, lines.get(0) + ": expected a signal of " + length + " numbers, found " + rows[0].length);
        }
        return IntStream.range(0, rows.length)
                .mapToObj(i -> new NamedSignal(
                        rows.length == 1 ? name : name + ":" + lines.get(i).number(), rows[i]))
                .toList();
    }
}
