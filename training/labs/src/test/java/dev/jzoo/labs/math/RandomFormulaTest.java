package dev.jzoo.labs.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Random formulas are well-formed in all their forms. */
class RandomFormulaTest {

    private static final long SEED = 20240611;

    /** The elements of MathML Core with a fixed number of children. */
    private static final Map<String, Integer> CHILDREN =
            Map.of("mfrac", 2, "msub", 2, "msup", 2, "msubsup", 3, "munder", 2, "mover", 2, "munderover", 3);

    private final Random random = new Random(SEED);

    @Test
    void everyFormIsWellFormed() throws Exception {
        for (int i = 0; i < 2000; i++) {
            String source = sequence(4);
            Formula formula = Formula.of(source);
            String where = "seed " + SEED + ", case " + i + ": " + source;
            check(formula.displayMathMl(), where);
            assertBalanced(formula.tex(), where);
            assertTrue(!formula.text().isBlank(), where);
            assertEquals(digits(source), digits(formula.tex()), where);
            assertEquals(digits(source), digits(formula.inlineMathMl().replaceAll("<[^>]*>", "")), where);
        }
    }

    private static void check(String mathMl, String where) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(mathMl.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertEquals("math", root.getTagName(), where);
        children(root, where);
    }

    private static void children(Element element, String where) {
        Integer expected = CHILDREN.get(element.getTagName());
        if (expected != null) {
            assertEquals(expected, element.getChildNodes().getLength(), element.getTagName() + " in " + where);
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                children(inner, where);
            }
        }
    }

    private static void assertBalanced(String tex, String where) {
        int depth = 0;
        for (int i = 0; i < tex.length(); i++) {
            char c = tex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            }
            assertTrue(depth >= 0, where);
        }
        assertEquals(0, depth, where);
        assertEquals(tex.split("\\\\left(?!arrow)").length, tex.split("\\\\right(?!arrow)").length, where);
        assertTrue(!tex.matches(".*\\^\\{[^{}]*}\\^.*"), "two superscripts in " + where + " -> " + tex);
    }

    /** Returns the digits in order: no form loses or reorders a number. */
    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private String sequence(int depth) {
        StringBuilder out = new StringBuilder(operand(depth));
        for (int i = random.nextInt(3); i > 0; i--) {
            out.append(pick(" + ", " - ", " * ", " = ", " <= ", " -> ", " ", ", ", "/", " odot "));
            out.append(operand(depth));
        }
        return out.toString();
    }

    private String operand(int depth) {
        if (depth == 0) {
            return pick("x", "y", "alpha", "Sigma", "3", "0.25", "oo", "...", "RR", "\"a & <b>\"");
        }
        int inner = depth - 1;
        return switch (random.nextInt(15)) {
            case 0 -> "(" + sequence(inner) + ")";
            case 1 -> "[x + " + sequence(inner) + "]";
            case 2 -> operand(0) + "_(" + sequence(inner) + ")^" + operand(0);
            case 3 -> "(" + sequence(inner) + ")/(" + sequence(inner) + ")";
            case 4 -> pick("sum", "prod", "int") + "_(" + sequence(inner) + ")^n " + operand(inner);
            case 5 -> pick("sqrt", "hat", "bar", "bb", "floor", "ceil", "norm") + "(" + sequence(inner) + ")";
            case 6 -> "del " + operand(0) + " / del w";
            case 7 -> pick("exp", "max", "softmax", "f", "log") + "(" + sequence(inner) + ")";
            case 8 -> pick("|", "||").transform(bar -> bar + "(" + sequence(inner) + ")" + bar);
            case 9 -> "[[" + operand(inner) + ", 1], [2, " + operand(inner) + "]]";
            case 10 -> "{(" + operand(inner) + ", \"if\"), (0, y):}";
            case 11 -> "{" + sequence(inner) + "}";
            case 12 -> "f'(" + sequence(inner) + ")";
            case 13 -> "argmin_(" + sequence(inner) + ") " + operand(inner);
            default -> operand(0);
        };
    }

    private String pick(String... choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }
}
