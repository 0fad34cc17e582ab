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
 * Signals as the user types them: the numbers of one signal, or CSV files. A file has one signal per line, or one signal
 * with a number per line. A first line of names is skipped.
 *
 * @param inputs words of the command line
 */
public record SignalsInput(Host host, List<String> inputs) {

    /** A signal with its name in the result: "signal.csv", or "signal.csv:3" if its file has several. */
    record NamedSignal(String name, double[] values) {}

    /**
     * Reads the signals.
     *
     * @param length number of values in a signal
     * @param model name of the model, for messages
     * @throws UsageException if the command line has too few or too many numbers
     * @throws DataFormatException naming the file and the line
     */
    List<NamedSignal> signals(int length, String model) throws IOException {
        if (inputs.isEmpty()) {
            throw new UsageException(model + " classifies signals of " + length
                    + " values; expected CSV files, or the values of one signal.");
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
                        .orElseThrow(() -> new UsageException("'" + text
                                + "' is not a number. A classifier of signals expects numbers or CSV files.")))
                .toArray();
        if (values.length != length) {
            throw new UsageException(
                    model + " expects " + length + " values for a signal, found " + values.length + ".");
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
                    file, "expected a signal of " + length + " numbers, one per line, found " + rows.length);
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
