package dev.jzoo.inference;

import java.util.Locale;
import java.util.Objects;

/**
 * A class and how likely it is.
 *
 * @param name of the class
 * @param score probability, 0 to 1
 */
public record Label(String name, float score) {

    public Label {
        Objects.requireNonNull(name, "name");
    }

    /** Name and score with two digits: "7 (0.98)". */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.2f)", name, score);
    }
}
