package dev.jzoo.inference;

import java.util.Locale;
import java.util.Objects;

/**
 * A class with its probability.
 *
 * @param name of the class
 * @param score probability, 0 to 1
 */
public record Label(String name, float score) {

    public Label {
        Objects.requireNonNull(name, "name");
    }

    /** Returns name and score with two decimals: "7 (0.98)". */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.2f)", name, score);
    }
}
