package dev.jzoo.labs.math;

/** The marks that can stand over a term. */
enum AccentMark {
    HAT("^", "\\hat", "\\widehat", "\u0302"),
    BAR("¯", "\\bar", "\\overline", "\u0304"),
    TILDE("~", "\\tilde", "\\widetilde", "\u0303"),
    VEC("→", "\\vec", "\\overrightarrow", "\u20d7"),
    DOT("˙", "\\dot", "\\dot", "\u0307");

    /** The mark as a character of its own. */
    final String mark;

    final String tex;
    /** The TeX command for a body of several letters. */
    final String wideTex;
    /** The mark as a character that combines with the letter before it. */
    final String combining;

    AccentMark(String mark, String tex, String wideTex, String combining) {
        this.mark = mark;
        this.tex = tex;
        this.wideTex = wideTex;
        this.combining = combining;
    }
}
