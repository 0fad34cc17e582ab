package dev.jzoo.report;

import java.util.Locale;

/**
 * Colours that people with any kind of colour vision can tell apart: Okabe and Ito, "Color Universal Design" (2008). Each is a
 * CSS class that the page's style sheet maps to a lighter tone in the dark scheme; the value here is for a drawing that stands
 * alone.
 */
enum Palette {
    BLUE("#0072b2"),
    VERMILLION("#d55e00"),
    GREEN("#009e73"),
    PURPLE("#cc79a7"),
    ORANGE("#e69f00"),
    SKY("#56b4e9"),
    /** The colour of the text around it. */
    INK("currentColor");

    private final String standalone;

    Palette(String standalone) {
        this.standalone = standalone;
    }

    /** The colour of the n-th line; after six they come again. */
    static Palette ofLine(int n) {
        return values()[n % INK.ordinal()];
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
