package dev.jzoo.labs.math;

import dev.jzoo.labs.math.MathSymbol.SymbolKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The names and signs of the notation. */
final class Notation {

    private static final Map<String, MathSymbol> SYMBOLS = read();

    private static final Map<String, AccentMark> ACCENTS = Map.of(
            "hat", AccentMark.HAT,
            "bar", AccentMark.BAR,
            "tilde", AccentMark.TILDE,
            "vec", AccentMark.VEC,
            "dot", AccentMark.DOT);

    private static final Map<String, FenceKind> FENCE_NAMES = Map.of(
            "abs", FenceKind.ABSOLUTE, "norm", FenceKind.NORM, "floor", FenceKind.FLOOR, "ceil", FenceKind.CEILING);

    /** The signs that structure a formula, and those of the tables; longer ones first. */
    static final List<String> SIGNS = signs();

    private Notation() {}

    static Optional<MathSymbol> symbol(String name) {
        return Optional.ofNullable(SYMBOLS.get(name));
    }

    static Optional<AccentMark> accent(String name) {
        return Optional.ofNullable(ACCENTS.get(name));
    }

    static Optional<FenceKind> fence(String name) {
        return Optional.ofNullable(FENCE_NAMES.get(name));
    }

    static boolean isName(String word) {
        return SYMBOLS.containsKey(word)
                || ACCENTS.containsKey(word)
                || FENCE_NAMES.containsKey(word)
                || word.equals("sqrt")
                || word.equals("bb");
    }

    private static Map<String, MathSymbol> read() {
        Map<String, MathSymbol> symbols = new HashMap<>();
        try (var in = Objects.requireNonNull(Notation.class.getResourceAsStream("symbols.txt"), "symbols.txt")) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            table.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(cells -> symbols.put(cells[1], symbol(cells)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(symbols);
    }

    private static MathSymbol symbol(String[] cells) {
        SymbolKind kind = SymbolKind.valueOf(cells[0]);
        String name = cells[1];
        String operator = kind == SymbolKind.LIMIT ? "\\operatorname*{" : "\\operatorname{";
        return new MathSymbol(
                cells[2].equals("-") && kind != SymbolKind.SIGN ? name : cells[2],
                cells[3].equals("*") && kind != SymbolKind.INFIX ? operator + name + "}" : cells[3],
                kind);
    }

    private static List<String> signs() {
        List<String> signs =
                new ArrayList<>(List.of("(", ")", "[", "]", "{", "}", ":}", "|", "||", "/", "_", "^", "'"));
        SYMBOLS.keySet().stream()
                .filter(name -> !Character.isLetter(name.charAt(0)))
                .forEach(signs::add);
        signs.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        return List.copyOf(signs);
    }

    /** Returns advice for a word that the notation does not have. */
    static String adviceOn(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String near = SYMBOLS.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).equals(lower))
                .findFirst()
                .map(name -> "; did you mean '" + name + "'")
                .orElse("");
        return "a known name" + near + "; separate letters with spaces, and put words in quotes";
    }
}
