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
import dev.jzoo.labs.math.MathSymbol.SymbolKind;
import java.util.List;

/**
 * Writes a formula as MathML Core, the part of MathML that browsers draw: fences are operators, and bold is a style, because
 * Core has neither the element mfenced nor a bold variant.
 */
final class MathMlWriter {

    /** The space of TeX between a function's name and its argument. */
    private static final String THIN_SPACE = "<mspace width=\"0.1667em\"/>";

    private static final String APPLY = "<mo>\u2061</mo>";

    private MathMlWriter() {}

    static String write(FormulaTerm term) {
        if (term instanceof TermSequence s) {
            return s.terms().size() == 1 ? write(s.terms().get(0)) : "<mrow>" + inner(s) + "</mrow>";
        }
        if (term instanceof Glyph g) {
            return glyph(g.symbol());
        }
        if (term instanceof Digits d) {
            return "<mn>" + d.text() + "</mn>";
        }
        if (term instanceof Words w) {
            return "<mtext>" + escape(w.text()).replace(' ', '\u00a0') + "</mtext>";
        }
        if (term instanceof Quotient q) {
            return "<mfrac>" + write(q.over()) + write(q.under()) + "</mfrac>";
        }
        if (term instanceof Root r) {
            return "<msqrt>" + write(r.body()) + "</msqrt>";
        }
        if (term instanceof Scripts s) {
            return scripts(s);
        }
        if (term instanceof Accent a) {
            return accent(a);
        }
        if (term instanceof Bold b) {
            return write(b.body())
                    .replace(" style=\"font-weight: bold\"", "")
                    .replace("<mi>", "<mi mathvariant=\"normal\">")
                    .replace("<mi ", "<mi style=\"font-weight: bold\" ")
                    .replace("<mn>", "<mn style=\"font-weight: bold\">");
        }
        if (term instanceof Fence f) {
            return "<mrow>" + fence(f.kind().open, "prefix") + write(f.body()) + fence(f.kind().close, "postfix")
                    + "</mrow>";
        }
        if (term instanceof Array2D a) {
            return "<mrow>" + fence("[", "prefix") + table(a.rows(), "center") + fence("]", "postfix") + "</mrow>";
        }
        return "<mrow>" + fence("{", "prefix") + table(((Cases) term).rows(), "left") + "</mrow>";
    }

    /** Writes the terms of a sequence. A sign at the beginning or after an operator belongs to the term after it. */
    private static String inner(TermSequence sequence) {
        StringBuilder out = new StringBuilder();
        List<FormulaTerm> terms = sequence.terms();
        for (int i = 0; i < terms.size(); i++) {
            FormulaTerm term = terms.get(i);
            if (i > 0 && needsSpace(terms.get(i - 1), term)) {
                out.append(THIN_SPACE);
            }
            boolean unary = i == 0
                    || terms.get(i - 1) instanceof Glyph before
                            && before.symbol().isBeforeSign();
            if (unary && term instanceof Glyph g && g.symbol().kind() == SymbolKind.SIGN) {
                out.append("<mo form=\"prefix\" lspace=\"0\" rspace=\"0\">")
                        .append(g.symbol().text())
                        .append("</mo>");
            } else {
                out.append(write(term));
            }
            if (isFunction(term) && i + 1 < terms.size() && !isOperator(terms.get(i + 1))) {
                FormulaTerm argument = terms.get(i + 1) instanceof Scripts s ? s.base() : terms.get(i + 1);
                out.append(APPLY).append(argument instanceof Fence ? "" : THIN_SPACE);
            }
        }
        return out.toString();
    }

    /** Returns whether a function's name follows a factor, from which it must keep away. */
    private static boolean needsSpace(FormulaTerm before, FormulaTerm term) {
        FormulaTerm first =
                term instanceof TermSequence s && !s.isEmpty() ? s.terms().get(0) : term;
        boolean differential = term instanceof TermSequence s
                && s.terms().size() == 2
                && s.terms().get(0) instanceof Glyph g
                && g.symbol().text().equals("d");
        return (isFunction(first) || differential) && !isOperator(before) && !isFunction(before);
    }

    private static boolean isOperator(FormulaTerm term) {
        FormulaTerm base = term instanceof Scripts s ? s.base() : term;
        return base instanceof Glyph g
                && (g.symbol().isBeforeSign() || g.symbol().kind() == SymbolKind.BIG);
    }

    private static boolean isFunction(FormulaTerm term) {
        FormulaTerm base = term instanceof Scripts s ? s.base() : term;
        return base instanceof Glyph g && g.symbol().isFunction();
    }

    private static String glyph(MathSymbol symbol) {
        String text = escape(symbol.text());
        return switch (symbol.kind()) {
            case LETTER -> "<mi>" + text + "</mi>";
            case UPRIGHT -> "<mi mathvariant=\"normal\">" + text + "</mi>";
            case FUNCTION ->
                text.length() == 1 ? "<mi mathvariant=\"normal\">" + text + "</mi>" : "<mi>" + text + "</mi>";
            case LIMIT -> "<mo movablelimits=\"true\" form=\"prefix\" lspace=\"0\" rspace=\"0\">" + text + "</mo>";
            case INFIX ->
                text.equals("|")
                        ? "<mo form=\"infix\" lspace=\"0.2778em\" rspace=\"0.2778em\" stretchy=\"false\">|</mo>"
                        : "<mo>" + text + "</mo>";
            default -> "<mo>" + text + "</mo>";
        };
    }

    private static String scripts(Scripts scripts) {
        boolean limits = scripts.base() instanceof Glyph g
                && (g.symbol().kind() == SymbolKind.LIMIT
                        || g.symbol().kind() == SymbolKind.BIG
                                && !g.symbol().text().equals("∫"));
        String base = write(scripts.base());
        if (isEmpty(scripts.sup())) {
            return element(limits ? "munder" : "msub", base + write(scripts.sub()));
        }
        if (isEmpty(scripts.sub())) {
            return element(limits ? "mover" : "msup", base + write(scripts.sup()));
        }
        return element(limits ? "munderover" : "msubsup", base + write(scripts.sub()) + write(scripts.sup()));
    }

    private static String accent(Accent accent) {
        String stretchy = isSingle(accent.body()) && accent.mark() != AccentMark.BAR ? "false" : "true";
        return "<mover accent=\"true\">" + write(accent.body()) + "<mo stretchy=\"" + stretchy + "\">"
                + accent.mark().mark + "</mo></mover>";
    }

    static boolean isSingle(FormulaTerm term) {
        FormulaTerm only = term instanceof TermSequence s && s.terms().size() == 1
                ? s.terms().get(0)
                : term;
        return only instanceof Glyph || only instanceof Bold b && isSingle(b.body());
    }

    private static String table(List<List<TermSequence>> rows, String align) {
        StringBuilder out = new StringBuilder("<mtable>");
        for (List<TermSequence> row : rows) {
            out.append("<mtr>");
            for (TermSequence cell : row) {
                out.append("<mtd style=\"text-align: ").append(align).append("\">");
                out.append(write(cell)).append("</mtd>");
            }
            out.append("</mtr>");
        }
        return out.append("</mtable>").toString();
    }

    private static String fence(String text, String form) {
        return "<mo form=\"" + form + "\" fence=\"true\" stretchy=\"true\">" + text + "</mo>";
    }

    private static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    private static boolean isEmpty(FormulaTerm term) {
        return term instanceof TermSequence s && s.isEmpty();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
