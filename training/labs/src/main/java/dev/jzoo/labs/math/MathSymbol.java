package dev.jzoo.labs.math;

/**
 * A letter, a named function or an operator.
 *
 * @param text the Unicode text, such as {@code ≤} or {@code softmax}
 * @param tex the TeX form, such as {@code \le}
 * @param kind how it is set
 */
record MathSymbol(String text, String tex, SymbolKind kind) {

    enum SymbolKind {
        /** A letter in italics. */
        LETTER,
        /** An upright letter. */
        UPRIGHT,
        /** The name of a function of what follows. */
        FUNCTION,
        /** The name of a function, with its subscript under it in a display. */
        LIMIT,
        /** A sum, a product or an integral. */
        BIG,
        /** A plus or a minus, with one operand or two. */
        SIGN,
        /** An operator or a relation between two terms. */
        INFIX,
        /** A comma, a semicolon, a full stop, an exclamation mark or a percent sign. */
        PUNCTUATION
    }

    static MathSymbol letter(String letter) {
        return new MathSymbol(letter, letter, SymbolKind.LETTER);
    }

    boolean isFunction() {
        return kind == SymbolKind.FUNCTION || kind == SymbolKind.LIMIT;
    }

    /** Returns whether a sign after this symbol belongs to the term after the sign. */
    boolean isBeforeSign() {
        return kind == SymbolKind.INFIX || kind == SymbolKind.PUNCTUATION || kind == SymbolKind.SIGN;
    }
}
