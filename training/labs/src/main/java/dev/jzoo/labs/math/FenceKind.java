package dev.jzoo.labs.math;

/** The pairs of fences of a formula. */
enum FenceKind {
    ROUND("(", ")", "(", ")"),
    SQUARE("[", "]", "[", "]"),
    BRACES("{", "}", "\\{", "\\}"),
    ABSOLUTE("|", "|", "|", "|"),
    NORM("‖", "‖", "\\|", "\\|"),
    FLOOR("⌊", "⌋", "\\lfloor ", "\\rfloor "),
    CEILING("⌈", "⌉", "\\lceil ", "\\rceil ");

    final String open;
    final String close;
    final String texOpen;
    final String texClose;

    FenceKind(String open, String close, String texOpen, String texClose) {
        this.open = open;
        this.close = close;
        this.texOpen = texOpen;
        this.texClose = texClose;
    }
}
