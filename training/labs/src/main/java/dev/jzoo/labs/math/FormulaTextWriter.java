package dev.jzoo.labs.math;

import dev.jzoo.labs.math.FormulaTerm.Accent;
import dev.jzoo.labs.math.FormulaTerm.Array2D;
import dev.jzoo.labs.math.FormulaTerm.Bold;
import dev.jzoo.labs.math.FormulaTerm.Cases;
import dev.jzoo.labs.math.FormulaTerm.Digits;
import dev.jzoo.labs.math.FormulaTerm.Fence;
import dev.jzoo.labs.math.FormulaTerm.Glyph;
import dev.jzoo.labs.math.FormulaTerm.Quotient;
import dev.jzoo.labs.math.FormulaTerm.Root;
import dev.jzoo.labs.math.FormulaTerm.Scripts;
import dev.jzoo.labs.math.FormulaTerm.TermSequence;
import dev.jzoo.labs.math.FormulaTerm.Words;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a formula as one line of Unicode text, for places that take no mark-up. */
final class FormulaTextWriter {

    private FormulaTextWriter() {}

    static String write(FormulaTerm term) {
        if (term instanceof TermSequence s) {
            return sequence(s);
        }
        if (term instanceof Glyph g) {
            return g.symbol().text();
        }
        if (term instanceof Digits d) {
            return d.text();
        }
        if (term instanceof Words w) {
            return w.text();
        }
        if (term instanceof Quotient q) {
            return grouped(q.over()) + " / " + grouped(q.under());
        }
        if (term instanceof Root r) {
            return "√" + grouped(r.body());
        }
        if (term instanceof Scripts s) {
            return write(s.base()) + script("_", s.sub()) + script("^", s.sup());
        }
        if (term instanceof Accent a) {
            return MathMlWriter.isSingle(a.body())
                    ? write(a.body()) + a.mark().combining
                    : a.mark().name().toLowerCase(java.util.Locale.ROOT) + "(" + write(a.body()) + ")";
        }
        if (term instanceof Bold b) {
            return write(b.body());
        }
        if (term instanceof Fence f) {
            return f.kind().open + write(f.body()) + f.kind().close;
        }
        if (term instanceof Array2D a) {
            return "[" + rows(a.rows(), ", ") + "]";
        }
        return "{" + rows(((Cases) term).rows(), " ") + "}";
    }

    private static String sequence(TermSequence sequence) {
        StringBuilder out = new StringBuilder();
        List<FormulaTerm> terms = sequence.terms();
        for (int i = 0; i < terms.size(); i++) {
            String text = write(terms.get(i));
            if (i > 0 && startsWide(terms.get(i))) {
                text = " " + text;
            }
            if (isInfix(terms, i)) {
                text = " " + text + " ";
            } else if (isWide(terms.get(i)) && !isCall(terms, i)
                    || terms.get(i) instanceof Glyph g && g.symbol().text().equals(",")) {
                text = text + " ";
            }
            out.append(text);
        }
        return out.toString().strip().replaceAll(" +", " ");
    }

    private static boolean isInfix(List<FormulaTerm> terms, int i) {
        if (!(terms.get(i) instanceof Glyph g) || i == 0) {
            return false;
        }
        boolean afterOperator =
                terms.get(i - 1) instanceof Glyph before && before.symbol().isBeforeSign();
        return switch (g.symbol().kind()) {
            case SIGN -> !afterOperator;
            case INFIX -> true;
            default -> false;
        };
    }

    /** Returns whether a term is a word or a large operator, which needs a space after it. */
    private static boolean isWide(FormulaTerm term) {
        return base(term) instanceof Glyph g
                && (g.symbol().kind() == MathSymbol.SymbolKind.BIG
                        || g.symbol().isFunction() && g.symbol().text().length() > 1);
    }

    private static boolean startsWide(FormulaTerm term) {
        return isWide(
                term instanceof TermSequence s && !s.terms().isEmpty()
                        ? s.terms().get(0)
                        : term);
    }

    /** Returns whether a term in fences follows, as the argument of a function. */
    private static boolean isCall(List<FormulaTerm> terms, int i) {
        return i + 1 < terms.size()
                && base(terms.get(i)) instanceof Glyph g
                && g.symbol().isFunction()
                && (terms.get(i + 1) instanceof Fence
                        || terms.get(i + 1) instanceof Scripts s && s.base() instanceof Fence);
    }

    private static String script(String sign, FormulaTerm script) {
        if (script instanceof TermSequence s && s.isEmpty()) {
            return "";
        }
        return write(script).chars().allMatch(c -> c == '′') ? write(script) : sign + grouped(script);
    }

    private static String grouped(FormulaTerm term) {
        String text = write(term);
        return text.codePointCount(0, text.length()) == 1
                        || term instanceof Digits
                        || term instanceof Scripts
                        || term instanceof Fence
                        || term instanceof Accent
                        || term instanceof Root
                        || isWord(term)
                        || term instanceof TermSequence s && isApplied(s)
                ? text
                : "(" + text + ")";
    }

    private static FormulaTerm base(FormulaTerm term) {
        return term instanceof Scripts s ? s.base() : term;
    }

    private static boolean isWord(FormulaTerm term) {
        return term instanceof Glyph || term instanceof Words w && !w.text().contains(" ");
    }

    /** Returns whether a sequence is ∂x or a function of something. */
    private static boolean isApplied(TermSequence s) {
        return s.terms().size() == 2
                && base(s.terms().get(0)) instanceof Glyph g
                && (g.symbol().text().equals("∂")
                        || g.symbol().text().equals("d")
                        || s.terms().get(1) instanceof Fence);
    }

    private static String rows(List<List<TermSequence>> rows, String between) {
        return rows.stream()
                .map(row -> row.stream().map(FormulaTextWriter::write).collect(Collectors.joining(between)))
                .collect(Collectors.joining("; "));
    }
}
