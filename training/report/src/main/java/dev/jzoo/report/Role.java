package dev.jzoo.report;

/**
 * A meaning of a line, a mark or a bar that has the same colour in all charts. Nothing else has the colours of train and test.
 */
public enum Role {
    /** The examples that a network learns from. */
    TRAIN(Palette.BLUE),
    /** The examples that an epoch or a setting is chosen by. */
    VALIDATION(Palette.PURPLE),
    /** The examples that had no part in training or in any choice. */
    TEST(Palette.VERMILLION),
    /** Answers that are right. */
    RIGHT(Palette.GREEN),
    /** Answers that are wrong. */
    WRONG(Palette.ORANGE);

    private final Palette colour;

    Role(Palette colour) {
        this.colour = colour;
    }

    Palette colour() {
        return colour;
    }
}
