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

/** Writes a formula as TeX with the commands that notebooks know. */
final class TexWriter {

    private TexWriter() {}

    static String write(FormulaTerm term) {
        if (term instanceof TermSequence s) {
            return s.terms().stream().map(TexWriter::write).collect(Collectors.joining(" "));
        }
        if (term instanceof Glyph g) {
            return g.symbol().tex();
        }
        if (term instanceof Digits d) {
            return d.text();
        }
        if (term instanceof Words w) {
            return "\\text{" + escape(w.text()) + "}";
        }
        if (term instanceof Quotient q) {
            return "\\frac" + braced(q.over()) + braced(q.under());
        }
        if (term instanceof Root r) {
            return "\\sqrt" + braced(r.body());
        }
        if (term instanceof Scripts s) {
            return scripts(s);
        }
        if (term instanceof Accent a) {
            return (MathMlWriter.isSingle(a.body()) ? a.mark().tex : a.mark().wideTex) + braced(a.body());
        }
        if (term instanceof Bold b) {
            return isLatin(b.body()) ? "\\mathbf" + braced(b.body()) : "\\boldsymbol" + braced(b.body());
        }
        if (term instanceof Fence f) {
            String left = isTall(f.body()) ? "\\left" : "";
            String right = isTall(f.body()) ? "\\right" : "";
            return left
                    + f.kind().texOpen
                    + write(f.body())
                    + right
                    + f.kind().texClose.stripTrailing();
        }
        if (term instanceof Array2D a) {
            return "\\begin{bmatrix}" + rows(a.rows()) + "\\end{bmatrix}";
        }
        return "\\begin{cases}" + rows(((Cases) term).rows()) + "\\end{cases}";
    }

    private static String scripts(Scripts scripts) {
        // A base of several parts is a group of its own, so that the script is not taken for one of its last part.
        String base = scripts.base() instanceof TermSequence ? braced(scripts.base()) : write(scripts.base());
        String sub = isEmpty(scripts.sub()) ? "" : "_" + braced(scripts.sub());
        String sup = isEmpty(scripts.sup()) ? "" : "^" + braced(scripts.sup());
        return base + sub + sup;
    }

    private static String rows(List<List<TermSequence>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(TexWriter::write).collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(" \\\\ "));
    }

    /** Returns whether fences around a sequence must grow. */
    private static boolean isTall(TermSequence sequence) {
        return sequence.terms().stream().anyMatch(TexWriter::isTall);
    }

    private static boolean isTall(FormulaTerm term) {
        if (term instanceof TermSequence s) {
            return isTall(s);
        }
        if (term instanceof Scripts s) {
            return isTall(s.base());
        }
        return term instanceof Quotient
                || term instanceof Array2D
                || term instanceof Cases
                || term instanceof Glyph g && g.symbol().kind() == MathSymbol.SymbolKind.BIG
                || term instanceof Fence f && isTall(f.body());
    }

    private static boolean isLatin(FormulaTerm term) {
        return write(term).chars().allMatch(c -> c < 128 && c != '\\');
    }

    private static boolean isEmpty(FormulaTerm term) {
        return term instanceof TermSequence s && s.isEmpty();
    }

    private static String braced(FormulaTerm term) {
        return "{" + write(term) + "}";
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\' -> out.append("\\textbackslash{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '~' -> out.append("\\textasciitilde{}");
                case '{', '}', '$', '%', '#', '&', '_' -> out.append('\\').append(c);
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
