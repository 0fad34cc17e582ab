package dev.jzoo.training;

import dev.jzoo.zoo.error.DataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The epochs of a run, in order. */
public record History(List<Epoch> epochs) {

    /** The columns of {@code history.csv} before the metrics. */
    private static final String COLUMNS = "epoch,seconds,loss,learningRate";

    private static final int FIRST_METRIC = 4;

    public History {
        epochs = List.copyOf(epochs);
    }

    /** Returns the last epoch. */
    public Epoch last() {
        return epochs.get(epochs.size() - 1);
    }

    /** Returns the mean loss of each epoch. */
    public double[] losses() {
        return epochs.stream().mapToDouble(Epoch::loss).toArray();
    }

    /** Returns the learning rate at the end of each epoch. */
    public double[] learningRates() {
        return epochs.stream().mapToDouble(Epoch::learningRate).toArray();
    }

    /** Returns a metric after each epoch. */
    public double[] metric(String name) {
        return epochs.stream().mapToDouble(epoch -> epoch.metrics().get(name)).toArray();
    }

    /** Returns the seconds of training in total. */
    public double seconds() {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }

    /**
     * Parses the output of {@link RunFolder#writeHistory}.
     *
     * @param source name of the file, for the message
     * @throws DataFormatException naming the line that does not fit
     */
    public static History parse(String source, String csv) throws DataFormatException {
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(COLUMNS)) {
            throw new DataFormatException(source, "line 1: expected the columns " + COLUMNS);
        }
        List<String> names = List.of(lines.get(0).split(","));
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            epochs.add(epoch(source, i + 1, names, List.of(lines.get(i).split(","))));
        }
        return new History(epochs);
    }

    private static Epoch epoch(String source, int line, List<String> names, List<String> cells)
            throws DataFormatException {
        if (cells.size() != names.size()) {
            throw new DataFormatException(
                    source, "line " + line + ": expected " + names.size() + " values, found " + cells.size());
        }
        try {
            SortedMap<String, Double> metrics = new TreeMap<>();
            for (int i = FIRST_METRIC; i < names.size(); i++) {
                metrics.put(names.get(i), Double.parseDouble(cells.get(i)));
            }
            return new Epoch(
                    Integer.parseInt(cells.get(0)),
                    Double.parseDouble(cells.get(1)),
                    Double.parseDouble(cells.get(2)),
                    Double.parseDouble(cells.get(3)),
                    metrics);
        } catch (NumberFormatException e) {
            throw new DataFormatException(source, "line " + line + ": expected numbers, found " + cells);
        }
    }

    /** Returns one row per epoch: epoch, seconds, loss, learning rate, then the metrics by name. */
    String csv() {
        List<String> lines = new ArrayList<>();
        List<String> names = List.copyOf(last().metrics().keySet());
        lines.add(COLUMNS + (names.isEmpty() ? "" : "," + String.join(",", names)));
        for (Epoch epoch : epochs) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%d,%.3f,%.6f,%.6g",
                    epoch.index(),
                    epoch.seconds(),
                    epoch.loss(),
                    epoch.learningRate()));
            names.forEach(name -> line.append(
                    String.format(Locale.ROOT, ",%.6f", epoch.metrics().get(name))));
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }
}
