package dev.jzoo.labs.math;

import java.util.Objects;

/**
 * A formula in a small notation, written as MathML for pages, as TeX for notebooks and as plain text.
 *
 * <p>The notation is a subset of AsciiMath (asciimath.org). It has no backslashes.
 *
 * <table>
 * <caption>The notation</caption>
 * <tr><th>write</th><th>for</th></tr>
 * <tr><td>{@code x y alpha Delta 0.5}</td><td>letters in italics, Greek letters, numbers.</td></tr>
 * <tr><td>{@code sin exp log max softmax ReLU E Var}</td><td>names of functions, upright.</td></tr>
 * <tr><td>{@code + - * xx odot}</td><td>operators; a dot, a cross, an elementwise product.</td></tr>
 * <tr><td>{@code = != < <= ~~ ~ in prop -> larr =>}</td><td>relations and arrows.</td></tr>
 * <tr><td>{@code (a+b)/(c)}</td><td>a fraction, without its parentheses.</td></tr>
 * <tr><td>{@code 2//n}</td><td>a slash within the line.</td></tr>
 * <tr><td>{@code x_i^2 w_ij x_(i+1) 10^-3}</td><td>scripts, the lower one first.</td></tr>
 * <tr><td>{@code sum_(i=1)^n prod int_0^1 f(x) dx}</td><td>sums, products, integrals.</td></tr>
 * <tr><td>{@code sqrt(x) hat(y) bar(x) tilde(x) vec(x) dot(x) bb(x)}</td><td>roots, marks over a letter, bold.</td></tr>
 * <tr><td>{@code del L / del w, dL/dw, grad L}</td><td>derivatives and gradients.</td></tr>
 * <tr><td>{@code |x| ||x|| floor(x) ceil(x)}</td><td>absolute value, norm, rounding.</td></tr>
 * <tr><td>{@code p(y mid x)}</td><td>the bar of a condition.</td></tr>
 * <tr><td>{@code [[a,b],[c,d]]}</td><td>a matrix.</td></tr>
 * <tr><td>{@code {(x,"if "x>0),(0,"else"):}}</td><td>cases; text in quotes.</td></tr>
 * <tr><td>{@code ... oo RR f'}</td><td>dots, infinity, the real numbers, a prime.</td></tr>
 * </table>
 *
 * <p>A letter directly before a parenthesis is a function and binds before {@code /}: {@code L(w)/n} is one fraction. With a
 * space between them, it is a factor: {@code 1/n (a+b)}. A function also binds the operand after it, so {@code log x / y}
 * divides the logarithm. A word of three or more letters that is not a name of the notation is an error.
 */
public final class Formula {

    private static final String OPEN = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"";

    private final String source;
    private final FormulaTerm term;

    private Formula(String source, FormulaTerm term) {
        this.source = source;
        this.term = term;
    }

    /**
     * Reads a formula.
     *
     * @throws IllegalArgumentException with the position, what was found and what was expected, if the source is not in the
     *     notation
     */
    public static Formula of(String source) {
        Objects.requireNonNull(source, "source");
        return new Formula(source, FormulaParser.parse(source));
    }

    /** Returns the source that this formula was read from. */
    public String source() {
        return source;
    }

    /** Returns a MathML element for a line of text, with the limits of sums at their side. */
    public String inlineMathMl() {
        return OPEN + ">" + MathMlWriter.write(term) + "</math>";
    }

    /** Returns a MathML element for a line of its own, with the limits of sums under and over them. */
    public String displayMathMl() {
        return OPEN + " display=\"block\">" + MathMlWriter.write(term) + "</math>";
    }

    /** Returns the formula as TeX, without the dollar signs around it. */
    public String tex() {
        return TexWriter.write(term);
    }

    /** Returns the formula as a line of Unicode text, such as {@code ∂L / ∂w}. */
    public String text() {
        return FormulaTextWriter.write(term);
    }

    @Override
    public String toString() {
        return source;
    }
}
