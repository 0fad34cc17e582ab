package dev.jzoo.training;

import dev.jzoo.training.Recipe.Better;
import java.util.List;
import java.util.Objects;

/**
 * Choice of the epoch whose weights a run keeps, with optional early stopping.
 *
 * @param metric metric by which epochs are compared: "loss", or one that is measured after each epoch
 * @param better which of two values is the better one
 * @param patience number of epochs without a better value before the run stops
 * @param keep which epoch's weights become the model
 */
public record Selection(String metric, Better better, int patience, Keep keep) {

    /** Choice of the epoch whose weights become the model. */
    public enum Keep {
        LAST,
        BEST
    }

    public Selection {
        Objects.requireNonNull(metric, "metric");
        if (patience < 1) {
            throw new IllegalArgumentException("Patience must be 1 epoch or more, not " + patience + ".");
        }
    }

    /** Returns a selection that runs all epochs and keeps the weights of the last one; the lowest loss is the best. */
    public static Selection last() {
        return new Selection("loss", Better.LOWER, Integer.MAX_VALUE, Keep.LAST);
    }

    /** Returns a selection that runs all epochs and keeps the weights of the best one. */
    public static Selection best(String metric, Better better) {
        return new Selection(metric, better, Integer.MAX_VALUE, Keep.BEST);
    }

    /** Returns the same selection with early stopping after this number of epochs without improvement. */
    public Selection withPatience(int epochs) {
        return new Selection(metric, better, epochs, keep);
    }

    /** Returns the index of the best epoch so far; of equal ones, the first. */
    int best(List<Epoch> epochs) {
        int best = 0;
        for (int i = 1; i < epochs.size(); i++) {
            double gain = value(epochs.get(i)) - value(epochs.get(best));
            best = (better == Better.HIGHER ? gain > 0 : gain < 0) ? i : best;
        }
        return best;
    }

    boolean isOver(List<Epoch> epochs) {
        return !epochs.isEmpty() && epochs.size() - 1 - best(epochs) >= patience;
    }

    private double value(Epoch epoch) {
        if (metric.equals("loss")) {
            return epoch.loss();
        }
        Double value = epoch.metrics().get(metric);
        if (value == null) {
            throw new IllegalArgumentException("Cannot select an epoch by '" + metric + "': epochs have "
                    + epoch.metrics().keySet() + " and loss.");
        }
        return value;
    }
}
