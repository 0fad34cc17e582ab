package dev.jzoo.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The epochs of a run, in order. */
public record History(List<Epoch> epochs) {

    public History {
        epochs = List.copyOf(epochs);
    }

    /** The last epoch. */
    public Epoch last() {
        return epochs.get(epochs.size() - 1);
    }

    /** Mean loss of each epoch. */
    public double[] losses() {
        return epochs.stream().mapToDouble(Epoch::loss).toArray();
    }

    /** Learning rate at the end of each epoch. */
    public double[] learningRates() {
        return epochs.stream().mapToDouble(Epoch::learningRate).toArray();
    }

    /** A metric after each epoch. */
    public double[] metric(String name) {
        return epochs.stream().mapToDouble(epoch -> epoch.metrics().get(name)).toArray();
    }

    /** Seconds of training in all. */
    public double seconds() {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }

    /** One row an epoch: epoch, seconds, loss, then the metrics by name. */
    String csv() {
        List<String> lines = new ArrayList<>();
        List<String> names = List.copyOf(last().metrics().keySet());
        lines.add("epoch,seconds,loss,learningRate" + (names.isEmpty() ? "" : "," + String.join(",", names)));
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
