package dev.jzoo.labs.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected forms in this test are typed by hand from the specification of MathML Core and from TeX. */
class FormulaTest {

    private static final String APPLY = "<mo>\u2061</mo>";
    private static final String MINUS_BEFORE = "<mo form=\"prefix\" lspace=\"0\" rspace=\"0\">−</mo>";

    private static String fenced(String open, String body, String close) {
        return "<mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"true\">" + open + "</mo>" + body
                + "<mo form=\"postfix\" fence=\"true\" stretchy=\"true\">" + close + "</mo></mrow>";
    }

    private static void assertMathMl(String expected, String source) {
        String open = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"";
        assertEquals(open + ">" + expected + "</math>", Formula.of(source).inlineMathMl());
        assertEquals(
                open + " display=\"block\">" + expected + "</math>",
                Formula.of(source).displayMathMl());
    }

    @Test
    void lettersNumbersAndOperatorsFollowOneAnother() {
        assertMathMl("<mrow><mn>2.5</mn><mi>x</mi><mo>+</mo><mi>α</mi></mrow>", "2.5x + alpha");
        assertMathMl("<mrow><mi>a</mi><mo>·</mo><mi>b</mi><mo>≤</mo><mi>c</mi></mrow>", "a*b <= c");
        assertMathMl("<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>", "a < b");
    }

    @Test
    void aSignAfterAnOperatorBelongsToTheNextTerm() {
        assertMathMl("<mrow><mi>x</mi><mo>=</mo>" + MINUS_BEFORE + "<mi>y</mi></mrow>", "x = -y");
        assertMathMl("<mrow><mi>x</mi><mo>−</mo><mi>y</mi></mrow>", "x - y");
    }

    @Test
    void parenthesesAroundAFractionsPartsAreDropped() {
        assertMathMl("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/(c)");
    }

    @Test
    void aFunctionCallBindsBeforeTheFraction() {
        assertMathMl(
                "<mfrac><mrow><mi>f</mi>" + fenced("(", "<mi>x</mi>", ")") + "</mrow><mi>n</mi></mfrac>", "f(x)/n");
        assertMathMl(
                "<mrow><mfrac><mn>1</mn><mi>n</mi></mfrac>" + fenced("(", "<mi>x</mi>", ")") + "</mrow>", "1/n (x)");
    }

    @Test
    void scriptsTakeAPrimaryAPairOfLettersOrASign() {
        assertMathMl("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i^2");
        assertMathMl("<msub><mi>w</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>", "w_ij");
        assertMathMl("<msub><mi>x</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>", "x_(i+1)");
        assertMathMl("<msup><mn>10</mn><mrow>" + MINUS_BEFORE + "<mn>3</mn></mrow></msup>", "10^-3");
    }

    @Test
    void sumsHaveLimitsAndIntegralsScripts() {
        assertMathMl(
                "<mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
                        + "<msub><mi>x</mi><mi>i</mi></msub></mrow>",
                "sum_(i=1)^n x_i");
        assertMathMl("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>", "int_0^1");
    }

    @Test
    void rootsAccentsAndBoldStandOverTheirArgument() {
        assertMathMl("<msqrt><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></msqrt>", "sqrt(x+1)");
        assertMathMl(
                "<msub><mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover><mi>i</mi></msub>",
                "hat(y)_i");
        assertMathMl("<mi style=\"font-weight: bold\" mathvariant=\"normal\">w</mi>", "bb(w)");
    }

    @Test
    void derivativesAreFractionsOfDifferentials() {
        assertMathMl(
                "<mfrac><mrow><mi mathvariant=\"normal\">∂</mi><mi>L</mi></mrow>"
                        + "<mrow><mi mathvariant=\"normal\">∂</mi><mi>w</mi></mrow></mfrac>",
                "del L / del w");
        assertMathMl("<mfrac><mrow><mi>d</mi><mi>L</mi></mrow><mrow><mi>d</mi><mi>w</mi></mrow></mfrac>", "dL/dw");
    }

    @Test
    void functionsAreUprightAndApplied() {
        assertMathMl("<mrow><mi>exp</mi>" + APPLY + fenced("(", "<mi>x</mi>", ")") + "</mrow>", "exp(x)");
        assertMathMl("<mrow><mi>log</mi>" + APPLY + "<mspace width=\"0.1667em\"/><mi>x</mi></mrow>", "log x");
    }

    @Test
    void barsAreAbsoluteValuesAndNorms() {
        assertMathMl(fenced("|", "<mi>x</mi>", "|"), "|x|");
        assertMathMl("<msup>" + fenced("‖", "<mi>x</mi>", "‖") + "<mn>2</mn></msup>", "||x||^2");
        assertMathMl("<mrow>" + fenced("|", "<mi>x</mi>", "|") + fenced("|", "<mi>y</mi>", "|") + "</mrow>", "|x||y|");
    }

    @Test
    void matricesAndCasesAreTables() {
        String cell = "<mtd style=\"text-align: center\">";
        assertMathMl(
                fenced(
                        "[",
                        "<mtable><mtr>" + cell + "<mi>a</mi></mtd>" + cell + "<mi>b</mi></mtd></mtr><mtr>" + cell
                                + "<mi>c</mi></mtd>" + cell + "<mn>1</mn></mtd></mtr></mtable>",
                        "]"),
                "[[a,b],[c,1]]");
        String left = "<mtd style=\"text-align: left\">";
        assertMathMl(
                "<mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"true\">{</mo><mtable><mtr>" + left
                        + "<mi>x</mi></mtd>" + left
                        + "<mrow><mtext>if\u00a0</mtext><mi>x</mi><mo>&gt;</mo><mn>0</mn></mrow></mtd></mtr><mtr>"
                        + left + "<mn>0</mn></mtd>" + left + "<mtext>else</mtext></mtd></mtr></mtable></mrow>",
                "{(x,\"if \"x>0),(0,\"else\"):}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "w larr w - eta del L / del w § w \\leftarrow w - \\eta \\frac{\\partial L}{\\partial w} § w ← w − η∂L / ∂w",
                "sum_(i=1)^n x_i § \\sum_{i = 1}^{n} x_{i} § ∑_(i = 1)^n x_i",
                "softmax(z)_i § \\operatorname{softmax} (z)_{i} § softmax(z)_i",
                "argmin_w L(w) § \\operatorname*{argmin}_{w} L (w) § argmin_w L(w)",
                "sqrt(2pi)/2 § \\frac{\\sqrt{2 \\pi}}{2} § √(2π) / 2",
                "(1+a/b)^2 § \\left(1 + \\frac{a}{b}\\right)^{2} § (1 + a / b)^2",
                "||x||_2 § \\|x\\|_{2} § ‖x‖_2",
                "bb(W)^T hat(y) § \\mathbf{W}^{T} \\hat{y} § W^Tŷ",
                "[[a,b],[c,d]] § \\begin{bmatrix}a & b \\\\ c & d\\end{bmatrix} § [a, b; c, d]",
                "p(y mid x) § p (y \\mid x) § p(y | x)",
                "\"50 % of {x}\" § \\text{50 \\% of \\{x\\}} § 50 % of {x}",
                "f''(x) -> oo § f^{\\prime \\prime} (x) \\to \\infty § f′′(x) → ∞",
                "floor(n/2) § \\left\\lfloor \\frac{n}{2}\\right\\rfloor § ⌊n / 2⌋",
            })
    void texAndTextAreAsTyped(String source, String tex, String text) {
        assertEquals(tex, Formula.of(source).tex());
        assertEquals(decomposed(text), decomposed(Formula.of(source).text()));
    }

    private static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(a",
                "a)",
                "[a",
                "{a",
                "|a",
                "||a|",
                "||",
                "a/",
                "/a",
                "x_",
                "x^",
                "x_i_j",
                "x^2_i",
                "sqrt",
                "lamda x",
                "x1",
                "\"open",
                "a # b",
                "[[a,b],[c]]",
                "{(a,b),(c):}",
                "{a:}",
                "hat",
                "()_",
                "a :} b"
            })
    void malformedFormulasAreRefused(String source) {
        var error = assertThrows(IllegalArgumentException.class, () -> Formula.of(source));
        assertTrue(error.getMessage().startsWith("The formula '" + source + "' cannot be read: at character "));
        assertTrue(error.getMessage().contains(", expected "), error.getMessage());
    }

    @Test
    void anErrorNamesThePositionAndWhatWasExpected() {
        var error = assertThrows(IllegalArgumentException.class, () -> Formula.of("2 (a + b"));
        assertEquals(
                "The formula '2 (a + b' cannot be read: at character 9, found the end, expected ')' for the '(' at"
                        + " character 3.",
                error.getMessage());
        var unknown = assertThrows(IllegalArgumentException.class, () -> Formula.of("x + relu(y)"));
        assertEquals(
                "The formula 'x + relu(y)' cannot be read: at character 5, found 'relu', expected a known name; did you"
                        + " mean 'ReLU'; separate letters with spaces, and put words in quotes.",
                unknown.getMessage());
    }
}
