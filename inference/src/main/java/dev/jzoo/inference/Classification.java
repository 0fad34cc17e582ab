package dev.jzoo.inference;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A classifier's result for one picture.
 *
 * @param labels all of the model's classes with their scores, best first; equal scores in the model's order
 */
public record Classification(List<Label> labels) {

    public Classification {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("A classification has at least one label, found none.");
        }
    }

    /** Returns the label with the highest score. */
    public Label best() {
        return labels.get(0);
    }

    /** Returns the best labels, at most {@code count}. */
    public List<Label> top(int count) {
        return labels.subList(0, Math.min(count, labels.size()));
    }

    /** Returns the three best labels: "7 (0.98), 1 (0.01), 9 (0.01)". */
    @Override
    public String toString() {
        return top(3).stream().map(Label::toString).collect(Collectors.joining(", "));
    }
}
