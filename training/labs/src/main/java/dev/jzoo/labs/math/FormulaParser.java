package dev.jzoo.labs.math;

import dev.jzoo.labs.math.FormulaTerm.Accent;
import dev.jzoo.labs.math.FormulaTerm.Bold;
import dev.jzoo.labs.math.FormulaTerm.Digits;
import dev.jzoo.labs.math.FormulaTerm.Fence;
import dev.jzoo.labs.math.FormulaTerm.Glyph;
import dev.jzoo.labs.math.FormulaTerm.Quotient;
import dev.jzoo.labs.math.FormulaTerm.Root;
import dev.jzoo.labs.math.FormulaTerm.Scripts;
import dev.jzoo.labs.math.FormulaTerm.TermSequence;
import dev.jzoo.labs.math.FormulaTerm.Words;
import dev.jzoo.labs.math.FormulaToken.TokenKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A recursive-descent parser of the notation that {@link Formula} documents:
 *
 * <pre>
 * sequence = { operand [ { "/" operand } ] }
 * operand  = scripted [ argument ]           a function or a letter with what it is applied to
 * scripted = primary [ "_" script ] [ "^" script ]
 * </pre>
 */
final class FormulaParser {

    private final String source;
    private final List<FormulaToken> tokens;
    private int at;

    private FormulaParser(String source) {
        this.source = source;
        this.tokens = new ArrayList<>(FormulaScanner.scan(source));
    }

    static TermSequence parse(String source) {
        FormulaParser parser = new FormulaParser(source);
        TermSequence all = parser.sequence();
        parser.expectEnd();
        if (all.isEmpty()) {
            throw FormulaScanner.fault(source, 0, "nothing", "a formula");
        }
        return all;
    }

    /** Parses until a token that no operand starts with. */
    private TermSequence sequence() {
        List<FormulaTerm> terms = new ArrayList<>();
        while (startsOperand()) {
            FormulaTerm term = operand();
            while (now().is("/")) {
                at++;
                term = new Quotient(grouped(term), grouped(operand()));
            }
            terms.add(term);
        }
        return new TermSequence(terms);
    }

    private FormulaTerm operand() {
        FormulaToken first = now();
        if (first.kind() == TokenKind.PAIR) {
            splitPair();
            if (first.text().startsWith("d")) {
                at++;
                return new TermSequence(List.of(new Glyph(MathSymbol.letter("d")), scripted()));
            }
        }
        FormulaTerm head = scripted();
        if (isName(first, "del") && startsArgument()) {
            return new TermSequence(List.of(head, scripted()));
        }
        if (isFunction(first) && startsArgument() || isCallOf(first)) {
            return new TermSequence(List.of(head, scripted()));
        }
        return head;
    }

    private FormulaTerm scripted() {
        if (now().kind() == TokenKind.PAIR) {
            splitPair();
        }
        FormulaTerm base = primary();
        List<FormulaTerm> primes = new ArrayList<>();
        while (now().is("'")) {
            at++;
            primes.add(new Glyph(Notation.symbol("prime").orElseThrow()));
        }
        FormulaTerm sub = TermSequence.EMPTY;
        if (now().is("_")) {
            at++;
            sub = script();
        }
        FormulaTerm sup = TermSequence.EMPTY;
        if (now().is("^")) {
            at++;
            sup = script();
        }
        if (!primes.isEmpty()) {
            if (!empty(sup)) {
                primes.add(sup);
            }
            sup = new TermSequence(primes);
        }
        if (now().is("_") || now().is("^")) {
            throw fault("another operand; group a second script with parentheses, and write '_' before '^'");
        }
        return empty(sub) && empty(sup) ? base : new Scripts(base, sub, sup);
    }

    /** Parses a script: a primary without its parentheses, two letters, or a primary with a sign. */
    private FormulaTerm script() {
        FormulaToken first = now();
        if (first.kind() == TokenKind.PAIR) {
            at++;
            return new TermSequence(List.of(
                    letter(first.text().substring(0, 1)), letter(first.text().substring(1))));
        }
        if (first.is("-") || first.is("+")) {
            at++;
            return new TermSequence(
                    List.of(new Glyph(Notation.symbol(first.text()).orElseThrow()), grouped(primary())));
        }
        return grouped(primary());
    }

    private FormulaTerm primary() {
        FormulaToken token = now();
        if (!startsOperand()) {
            throw fault("an operand");
        }
        at++;
        return switch (token.kind()) {
            case NUMBER -> new Digits(token.text());
            case LETTER -> letter(token.text());
            case TEXT -> new Words(token.text());
            case NAME -> named(token.text());
            default -> signed(token);
        };
    }

    private FormulaTerm named(String name) {
        if (name.equals("sqrt")) {
            return new Root(grouped(argument()));
        }
        if (name.equals("bb")) {
            return new Bold(grouped(argument()));
        }
        if (Notation.accent(name).isPresent()) {
            return new Accent(Notation.accent(name).get(), grouped(argument()));
        }
        if (Notation.fence(name).isPresent()) {
            FormulaTerm body = grouped(argument());
            return new Fence(
                    Notation.fence(name).get(), body instanceof TermSequence s ? s : new TermSequence(List.of(body)));
        }
        return new Glyph(Notation.symbol(name).orElseThrow());
    }

    private FormulaTerm argument() {
        if (now().kind() == TokenKind.PAIR) {
            splitPair();
        }
        return primary();
    }

    private FormulaTerm signed(FormulaToken token) {
        return switch (token.text()) {
            case "(" -> fence(token, FenceKind.ROUND, ")");
            case "[" -> FormulaRows.matrix(source, token, fence(token, FenceKind.SQUARE, "]"));
            case "|" -> fence(token, FenceKind.ABSOLUTE, "|");
            case "||" -> fence(token, FenceKind.NORM, "||");
            case "{" -> braces(token);
            default -> new Glyph(Notation.symbol(token.text()).orElseThrow());
        };
    }

    private FormulaTerm braces(FormulaToken open) {
        TermSequence body = sequence();
        if (now().is(":}")) {
            at++;
            return FormulaRows.cases(source, open, body);
        }
        close(open, "}");
        return new Fence(FenceKind.BRACES, body);
    }

    private Fence fence(FormulaToken open, FenceKind kind, String close) {
        boolean bars = close.startsWith("|");
        TermSequence body = bars ? inBars() : inBrackets();
        close(open, close);
        if (bars && body.isEmpty()) {
            throw FormulaScanner.fault(source, open.start(), "'" + open.text() + close + "'", "an operand inside");
        }
        return new Fence(kind, body);
    }

    /** The number of bars that are open at this place; in brackets, a bar opens again. */
    private int bars;

    private TermSequence inBars() {
        int before = bars;
        bars = 1;
        TermSequence body = sequence();
        bars = before;
        return body;
    }

    private TermSequence inBrackets() {
        int before = bars;
        bars = 0;
        TermSequence body = sequence();
        bars = before;
        return body;
    }

    private void close(FormulaToken open, String close) {
        if (close.equals("|") && now().is("||")) {
            FormulaToken both = now();
            tokens.set(at, new FormulaToken(TokenKind.SIGN, "|", both.start(), both.start() + 1));
            tokens.add(at + 1, new FormulaToken(TokenKind.SIGN, "|", both.start() + 1, both.end()));
        }
        if (!now().is(close)) {
            throw fault("'" + close + "' for the '" + open.text() + "' at character " + (open.start() + 1)
                    + (close.equals("|") ? "; write mid for the bar of a condition" : ""));
        }
        at++;
    }

    private boolean startsOperand() {
        FormulaToken token = now();
        return switch (token.kind()) {
            case END -> false;
            case SIGN ->
                switch (token.text()) {
                    case ")", "]", "}", ":}", "/", "_", "^", "'" -> false;
                    case "|", "||" -> bars == 0;
                    default -> true;
                };
            default -> true;
        };
    }

    /** Returns whether an argument of a function starts here, not an operator. */
    private boolean startsArgument() {
        FormulaToken token = now();
        if (!startsOperand()) {
            return false;
        }
        if (token.kind() == TokenKind.SIGN) {
            return List.of("(", "[", "{", "|", "||").contains(token.text());
        }
        return Notation.symbol(token.text())
                .map(symbol -> token.kind() != TokenKind.NAME || !symbol.isBeforeSign())
                .orElse(true);
    }

    /** Returns whether a bracket follows a letter without a space, as in f(x). */
    private boolean isCallOf(FormulaToken first) {
        boolean name = first.kind() == TokenKind.LETTER
                || first.kind() == TokenKind.PAIR
                || first.kind() == TokenKind.NAME
                        && Notation.symbol(first.text())
                                .map(s -> s.kind() == MathSymbol.SymbolKind.LETTER
                                        || s.isFunction()
                                        || s.kind() == MathSymbol.SymbolKind.UPRIGHT)
                                .orElse(true);
        return name && now().start() == tokens.get(at - 1).end() && (now().is("(") || now().is("["));
    }

    /** Returns whether a token is a function that binds its argument across a space, which max and lim do not. */
    private static boolean isFunction(FormulaToken token) {
        return token.kind() == TokenKind.NAME
                && Notation.symbol(token.text())
                        .map(s -> s.kind() == MathSymbol.SymbolKind.FUNCTION)
                        .orElse(false);
    }

    private static boolean isName(FormulaToken token, String name) {
        return token.kind() == TokenKind.NAME && token.text().equals(name);
    }

    private void splitPair() {
        FormulaToken pair = now();
        int middle = pair.start() + 1;
        tokens.set(at, new FormulaToken(TokenKind.LETTER, pair.text().substring(0, 1), pair.start(), middle));
        tokens.add(at + 1, new FormulaToken(TokenKind.LETTER, pair.text().substring(1), middle, pair.end()));
    }

    private FormulaToken now() {
        return tokens.get(at);
    }

    private void expectEnd() {
        if (now().kind() != TokenKind.END) {
            throw fault("an operand or the end");
        }
    }

    private IllegalArgumentException fault(String expected) {
        FormulaToken token = now();
        String found = token.kind() == TokenKind.END ? "the end" : "'" + token.text() + "'";
        return FormulaScanner.fault(source, token.start(), found, expected);
    }

    private static FormulaTerm letter(String letter) {
        return new Glyph(Notation.symbol(letter).orElse(MathSymbol.letter(letter)));
    }

    private static boolean empty(FormulaTerm term) {
        return term instanceof TermSequence s && s.isEmpty();
    }

    /** Returns the body of round parentheses, whose only purpose was to group. */
    private static FormulaTerm grouped(FormulaTerm term) {
        return term instanceof Fence fence && fence.kind() == FenceKind.ROUND ? fence.body() : term;
    }
}
