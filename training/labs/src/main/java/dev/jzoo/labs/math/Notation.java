package dev.jzoo.labs.math;

import dev.jzoo.labs.math.MathSymbol.SymbolKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names and signs of the notation. */
final class Notation {

    /**
     * One symbol per line: its name in the notation, its text, its TeX form. A dash stands for a text equal to the
     * name, an asterisk for an operator name.
     */
    private static final Map<SymbolKind, String> TABLES = Map.of(
            SymbolKind.LETTER, """
                    alpha α \\alpha
                    beta β \\beta
                    gamma γ \\gamma
                    delta δ \\delta
                    epsilon ε \\varepsilon
                    zeta ζ \\zeta
                    eta η \\eta
                    theta θ \\theta
                    kappa κ \\kappa
                    lambda λ \\lambda
                    mu μ \\mu
                    nu ν \\nu
                    xi ξ \\xi
                    pi π \\pi
                    rho ρ \\rho
                    sigma σ \\sigma
                    tau τ \\tau
                    phi φ \\varphi
                    chi χ \\chi
                    psi ψ \\psi
                    omega ω \\omega
                    ell ℓ \\ell
                    """,
            SymbolKind.UPRIGHT, """
                    Gamma Γ \\Gamma
                    Delta Δ \\Delta
                    Theta Θ \\Theta
                    Lambda Λ \\Lambda
                    Sigma Σ \\Sigma
                    Phi Φ \\Phi
                    Psi Ψ \\Psi
                    Omega Ω \\Omega
                    del ∂ \\partial
                    grad ∇ \\nabla
                    nabla ∇ \\nabla
                    oo ∞ \\infty
                    RR ℝ \\mathbb{R}
                    NN ℕ \\mathbb{N}
                    prime ′ \\prime
                    ... … \\dots
                    cdots ⋯ \\cdots
                    vdots ⋮ \\vdots
                    """,
            SymbolKind.FUNCTION, """
                    sin - \\sin
                    cos - \\cos
                    tan - \\tan
                    exp - \\exp
                    log - \\log
                    ln - \\ln
                    tanh - \\tanh
                    det - \\det
                    softmax - *
                    ReLU - *
                    GELU - *
                    sigmoid - *
                    sign - *
                    diag - *
                    rank - *
                    tr - *
                    clip - *
                    round - *
                    E - \\mathrm{E}
                    P - \\mathrm{P}
                    Var - *
                    Cov - *
                    Std - *
                    Bias - *
                    MSE - *
                    BCE - *
                    CE - *
                    KL - *
                    """,
            SymbolKind.LIMIT, """
                    max - \\max
                    min - \\min
                    lim - \\lim
                    argmin - *
                    argmax - *
                    """,
            SymbolKind.BIG, """
                    sum ∑ \\sum
                    prod ∏ \\prod
                    int ∫ \\int
                    """,
            SymbolKind.SIGN, """
                    + + +
                    - − -
                    +- ± \\pm
                    """,
            SymbolKind.INFIX, """
                    * · \\cdot
                    xx × \\times
                    odot ⊙ \\odot
                    oplus ⊕ \\oplus
                    circ ∘ \\circ
                    ** ∗ \\ast
                    = = =
                    := := :=
                    != ≠ \\ne
                    < < <
                    > > >
                    <= ≤ \\le
                    >= ≥ \\ge
                    ~~ ≈ \\approx
                    ~ ∼ \\sim
                    prop ∝ \\propto
                    in ∈ \\in
                    sube ⊆ \\subseteq
                    uu ∪ \\cup
                    nn ∩ \\cap
                    mid | \\mid
                    -> → \\to
                    to → \\to
                    larr ← \\leftarrow
                    => ⇒ \\Rightarrow
                    <=> ⇔ \\Leftrightarrow
                    : : :
                    """,
            SymbolKind.PUNCTUATION, """
                    , , ,
                    ; ; ;
                    . . .
                    ! ! !
                    % % \\%
                    """);

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
        TABLES.forEach((kind, table) -> table.lines().forEach(line -> {
            String[] cells = line.split(" ");
            String text = kind == SymbolKind.FUNCTION || kind == SymbolKind.LIMIT ? cells[0] : cells[1];
            symbols.put(cells[0], new MathSymbol(text, tex(cells, kind), kind));
        }));
        return Collections.unmodifiableMap(symbols);
    }

    private static String tex(String[] cells, SymbolKind kind) {
        return switch (kind) {
            case FUNCTION -> cells[2].equals("*") ? "\\operatorname{" + cells[0] + "}" : cells[2];
            case LIMIT -> cells[2].equals("*") ? "\\operatorname*{" + cells[0] + "}" : cells[2];
            default -> cells[2];
        };
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
