package dev.jzoo.report;

/**
 * The meaning of a line, a mark or a bar, with the same colour in all charts. The colours of train and test have no other
 * meaning.
 */
public enum Role {
    /** The examples that a network is trained on. */
    TRAIN(Palette.BLUE),
    /** The examples that choose an epoch or a setting. */
    VALIDATION(Palette.PURPLE),
    /** The examples that had no part in training or in any choice. */
    TEST(Palette.VERMILLION),
    /** Right answers. */
    RIGHT(Palette.GREEN),
    /** Wrong answers. */
    WRONG(Palette.ORANGE);

    private final Palette colour;

    Role(Palette colour) {
        this.colour = colour;
    }

    Palette colour() {
        return colour;
    }
}
