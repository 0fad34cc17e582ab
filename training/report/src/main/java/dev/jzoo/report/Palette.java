package dev.jzoo.report;

import java.util.List;
import java.util.Locale;

/**
 * Colours that people with any kind of colour vision can tell apart: Okabe and Ito, "Color Universal Design" (2008). Each is a
 * CSS class that the page's style sheet maps to a lighter tone in the dark scheme. The value here is for a drawing outside a
 * page.
 */
enum Palette {
    BLUE("#0072b2"),
    VERMILLION("#d55e00"),
    GREEN("#009e73"),
    PURPLE("#cc79a7"),
    ORANGE("#e69f00"),
    SKY("#56b4e9"),
    /** The colour of the surrounding text. */
    INK("currentColor");

    /** The colours except those of train and test. The colour of validation comes last. */
    private static final List<Palette> FREE = List.of(GREEN, ORANGE, SKY, INK, PURPLE);

    private final String standalone;

    Palette(String standalone) {
        this.standalone = standalone;
    }

    /** Returns the colour of the n-th line that has no {@link Role}. The five colours repeat. */
    static Palette free(int n) {
        return FREE.get(n % FREE.size());
    }

    /** Opens a group in which currentColor is this colour. */
    void open(Svg svg) {
        if (this == INK) {
            svg.open("g");
        } else {
            svg.open("g", "class", "jz-" + name().toLowerCase(Locale.ROOT), "color", standalone);
        }
    }
}
