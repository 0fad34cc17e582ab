package dev.jzoo.report;

/**
 * One of the figures that a slider shows.
 *
 * @param label the value of the parameter, such as {@code 0.1}
 * @param figure the figure for that value
 */
public record Frame(String label, Figure figure) {

    /** Rejects a blank label. */
    public Frame {
        if (label.isBlank()) {
            throw new IllegalArgumentException("The label of a frame must not be blank; the slider shows it.");
        }
    }
}
