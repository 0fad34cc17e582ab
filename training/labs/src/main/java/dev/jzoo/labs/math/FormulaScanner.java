package dev.jzoo.labs.math;

import dev.jzoo.labs.math.FormulaToken.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Splits a formula into tokens. */
final class FormulaScanner {

    private final String source;
    private final List<FormulaToken> tokens = new ArrayList<>();
    private int at;

    private FormulaScanner(String source) {
        this.source = source;
    }

    /** Returns the tokens, with one of kind END as the last. */
    static List<FormulaToken> scan(String source) {
        FormulaScanner scanner = new FormulaScanner(source);
        while (scanner.at < source.length()) {
            if (Character.isWhitespace(source.charAt(scanner.at))) {
                scanner.at++;
            } else {
                scanner.next();
            }
        }
        scanner.add(TokenKind.END, "the end", source.length());
        return scanner.tokens;
    }

    static IllegalArgumentException fault(String source, int position, String found, String expected) {
        return new IllegalArgumentException("The formula '" + source + "' cannot be read: at character "
                + (position + 1) + ", found " + found + ", expected " + expected + ".");
    }

    private void next() {
        char c = source.charAt(at);
        if (isDigit(c)) {
            number();
        } else if (isLetter(c)) {
            word(end(at, FormulaScanner::isLetter));
        } else if (c == '"') {
            text();
        } else {
            String sign = Notation.SIGNS.stream()
                    .filter(s -> source.startsWith(s, at))
                    .findFirst()
                    .orElseThrow(() -> fault(source, at, "'" + c + "'", "a sign, a name, a number or text in quotes"));
            add(TokenKind.SIGN, sign, at + sign.length());
        }
    }

    private void number() {
        if (at > 0 && isLetter(source.charAt(at - 1))) {
            throw fault(source, at, "a digit after a letter", "'_' for an index or a space for a product");
        }
        int end = end(at, FormulaScanner::isDigit);
        if (end + 1 < source.length() && source.charAt(end) == '.' && isDigit(source.charAt(end + 1))) {
            end = end(end + 1, FormulaScanner::isDigit);
        }
        add(TokenKind.NUMBER, source.substring(at, end), end);
    }

    private void word(int end) {
        String word = source.substring(at, end);
        if (Notation.isName(word)) {
            add(TokenKind.NAME, word, end);
        } else if (word.length() == 1) {
            add(TokenKind.LETTER, word, end);
        } else if (word.length() == 2) {
            add(TokenKind.PAIR, word, end);
        } else {
            throw fault(source, at, "'" + word + "'", Notation.adviceOn(word));
        }
    }

    private void text() {
        int close = source.indexOf('"', at + 1);
        if (close < 0) {
            throw fault(source, at, "an opening quote", "a closing one after it");
        }
        add(TokenKind.TEXT, source.substring(at + 1, close), close + 1);
    }

    private void add(TokenKind kind, String text, int end) {
        tokens.add(new FormulaToken(kind, text, at, end));
        at = end;
    }

    private int end(int from, IntPredicate member) {
        int end = from;
        while (end < source.length() && member.test(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
