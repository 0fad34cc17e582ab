package dev.jzoo.labs.math;

import java.util.List;

/** A part of a formula, as the {@link FormulaParser} builds it and the three writers read it. */
sealed interface FormulaTerm {

    /** Terms one after another. */
    record TermSequence(List<FormulaTerm> terms) implements FormulaTerm {
        static final TermSequence EMPTY = new TermSequence(List.of());

        public TermSequence {
            terms = List.copyOf(terms);
        }

        boolean isEmpty() {
            return terms.isEmpty();
        }
    }

    /** A letter, a named function or an operator. */
    record Glyph(MathSymbol symbol) implements FormulaTerm {}

    /** A number, as written. */
    record Digits(String text) implements FormulaTerm {}

    /** Upright text that was given in quotes. */
    record Words(String text) implements FormulaTerm {}

    /** A fraction. */
    record Quotient(FormulaTerm over, FormulaTerm under) implements FormulaTerm {}

    /** A square root. */
    record Root(FormulaTerm body) implements FormulaTerm {}

    /** A base with a subscript, a superscript or both; an empty sequence where there is none. */
    record Scripts(FormulaTerm base, FormulaTerm sub, FormulaTerm sup) implements FormulaTerm {}

    /** A term under a mark. */
    record Accent(AccentMark mark, FormulaTerm body) implements FormulaTerm {}

    /** A vector or a matrix, in bold. */
    record Bold(FormulaTerm body) implements FormulaTerm {}

    /** A term between two fences. */
    record Fence(FenceKind kind, TermSequence body) implements FormulaTerm {}

    /** A matrix in brackets: rows of equally many cells. */
    record Array2D(List<List<TermSequence>> rows) implements FormulaTerm {}

    /** Cases after a brace: rows of equally many cells. */
    record Cases(List<List<TermSequence>> rows) implements FormulaTerm {}
}
