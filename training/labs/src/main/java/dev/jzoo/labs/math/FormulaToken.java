package dev.jzoo.labs.math;

/** A token of a formula, with the positions of its first character and of the one after its last. */
record FormulaToken(TokenKind kind, String text, int start, int end) {

    enum TokenKind {
        NUMBER,
        /** A single letter that is not a name of the notation. */
        LETTER,
        /** Two letters that are not a name of the notation. */
        PAIR,
        /** A name of the notation. */
        NAME,
        /** Text in quotes, without them. */
        TEXT,
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == TokenKind.SIGN && text.equals(sign);
    }
}
