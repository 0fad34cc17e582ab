package dev.jzoo.training;

import dev.jzoo.training.Recipe.Better;
import java.util.List;
import java.util.Objects;

/**
 * Which epoch's weights a run ends with, and whether it may end early.
 *
 * @param metric that epochs are compared by: "loss", or one that is measured after each
 * @param better which of two values is the better one
 * @param patience epochs without a better value before the run stops
 * @param keep which epoch's weights become the model
 */
public record Selection(String metric, Better better, int patience, Keep keep) {

    /** Which epoch's weights become the model. */
    public enum Keep {
        LAST,
        BEST
    }

    public Selection {
        Objects.requireNonNull(metric, "metric");
        if (patience < 1) {
            throw new IllegalArgumentException("Patience is 1 epoch or more, not " + patience + ".");
        }
    }

    /** All epochs are run, and the last one's weights kept; the lowest loss is the best. */
    public static Selection last() {
        return new Selection("loss", Better.LOWER, Integer.MAX_VALUE, Keep.LAST);
    }

    /** All epochs are run, and the best one's weights kept. */
    public static Selection best(String metric, Better better) {
        return new Selection(metric, better, Integer.MAX_VALUE, Keep.BEST);
    }

    /** The run stops when so many epochs brought nothing better. */
    public Selection withPatience(int epochs) {
        return new Selection(metric, better, epochs, keep);
    }

    /** The best epoch so far; of equals, the first. */
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
            throw new IllegalArgumentException("Epochs have no metric '" + metric + "'; they have "
                    + epoch.metrics().keySet() + " and loss.");
        }
        return value;
    }
}
