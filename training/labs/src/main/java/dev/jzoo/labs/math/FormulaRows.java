package dev.jzoo.labs.math;

import dev.jzoo.labs.math.FormulaTerm.Array2D;
import dev.jzoo.labs.math.FormulaTerm.Cases;
import dev.jzoo.labs.math.FormulaTerm.Fence;
import dev.jzoo.labs.math.FormulaTerm.Glyph;
import dev.jzoo.labs.math.FormulaTerm.TermSequence;
import java.util.ArrayList;
import java.util.List;

/** The rows and cells of matrices and cases, which are read from fences that contain fences. */
final class FormulaRows {

    private FormulaRows() {}

    /** Returns a matrix if the brackets contain nothing but brackets and commas between them; otherwise the brackets. */
    static FormulaTerm matrix(String source, FormulaToken open, Fence brackets) {
        List<TermSequence> parts = split(brackets.body());
        return parts.stream().allMatch(part -> isFence(part, FenceKind.SQUARE))
                ? new Array2D(rows(source, open, parts))
                : brackets;
    }

    static FormulaTerm cases(String source, FormulaToken open, TermSequence body) {
        List<TermSequence> parts = split(body);
        if (!parts.stream().allMatch(part -> isFence(part, FenceKind.ROUND))) {
            throw FormulaScanner.fault(
                    source, open.start(), "other terms in '{ :}'", "cases such as {(a,\"if \"x>0),(b,\"else\"):}");
        }
        return new Cases(rows(source, open, parts));
    }

    private static List<List<TermSequence>> rows(String source, FormulaToken open, List<TermSequence> parts) {
        List<List<TermSequence>> rows = new ArrayList<>();
        for (TermSequence part : parts) {
            rows.add(split(((Fence) part.terms().get(0)).body()));
            int cells = rows.get(rows.size() - 1).size();
            if (cells != rows.get(0).size()) {
                throw FormulaScanner.fault(
                        source,
                        open.start(),
                        cells + " cells in row " + rows.size(),
                        rows.get(0).size() + " as in row 1");
            }
        }
        return List.copyOf(rows);
    }

    private static boolean isFence(TermSequence part, FenceKind kind) {
        return part.terms().size() == 1 && part.terms().get(0) instanceof Fence fence && fence.kind() == kind;
    }

    /** Splits at the commas. */
    private static List<TermSequence> split(TermSequence body) {
        List<TermSequence> parts = new ArrayList<>();
        List<FormulaTerm> part = new ArrayList<>();
        for (FormulaTerm term : body.terms()) {
            if (term instanceof Glyph glyph && glyph.symbol().text().equals(",")) {
                parts.add(new TermSequence(part));
                part.clear();
            } else {
                part.add(term);
            }
        }
        parts.add(new TermSequence(part));
        return parts;
    }
}
