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
        List<double[]> rows = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        boolean heading = true;
        for (CsvLine line : CsvFile.lines(file, CsvFile.ANY_SEPARATOR)) {
            boolean isHeading = heading
                    && line.cells().stream()
                            .noneMatch(cell -> CsvFile.number(cell).isPresent());
            heading = false;
            if (!isHeading) {
                rows.add(numbers(file, line));
                places.add(line.number());
            }
        }
        if (length > 1 && !rows.isEmpty() && rows.stream().allMatch(row -> row.length == 1)) {
            return List.of(column(name, file, rows, length));
        }
        return lines(name, file, rows, places, length);
    }

    private static double[] numbers(Path file, CsvLine line) throws DataFormatException {
        double[] numbers = new double[line.cells().size()];
        for (int i = 0; i < numbers.length; i++) {
            String cell = line.cells().get(i);
            int place = i + 1;
            numbers[i] = CsvFile.number(cell)
                    .orElseThrow(() -> new DataFormatException(
                            file, line + ", cell " + place + ": expected a number, found '" + cell + "'"));
        }
        return numbers;
    }

    private static NamedSignal column(String name, Path file, List<double[]> rows, int length)
            throws DataFormatException {
        if (rows.size() != length) {
            throw new DataFormatException(
                    file, "expected a signal of " + length + " numbers, one in a line, found " + rows.size());
        }
        return new NamedSignal(name, rows.stream().mapToDouble(row -> row[0]).toArray());
    }

    private static List<NamedSignal> lines(
            String name, Path file, List<double[]> rows, List<Integer> places, int length) throws DataFormatException {
        if (rows.isEmpty()) {
            throw new DataFormatException(file, "expected at least one signal of " + length + " numbers, found none");
        }
        List<NamedSignal> signals = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != length) {
                throw new DataFormatException(
                        file,
                        "line " + places.get(i) + ": expected a signal of " + length + " numbers, found "
                                + rows.get(i).length);
            }
            signals.add(new NamedSignal(rows.size() == 1 ? name : name + ":" + places.get(i), rows.get(i)));
        }
        return signals;
    }
}
