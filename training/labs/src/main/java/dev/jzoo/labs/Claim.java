package dev.jzoo.labs;

import dev.jzoo.labs.ClaimResult.ClaimOutcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Consumer;

/** A claim that waits for its measurement. Each method compares a measured value and adds the result to the page. NaN never satisfies a claim. */
public final class Claim {

    private static final MathContext SIX_DIGITS = new MathContext(6);

    private final String text;
    private final ClaimResult.ClaimSource source;
    private final Consumer<ClaimResult> page;

    Claim(String text, ClaimResult.ClaimSource source, Consumer<ClaimResult> page) {
        this.text = text;
        this.source = source;
        this.page = page;
    }

    /** Claims that a value differs from the expected one by at most a tolerance. */
    public void near(double measured, double expected, double tolerance) {
        add(number(measured), number(expected) + " ± " + number(tolerance), Math.abs(measured - expected) <= tolerance);
    }

    /** Claims that a value is at most a bound. */
    public void atMost(double measured, double bound) {
        add(number(measured), "at most " + number(bound), measured <= bound);
    }

    /** Claims that a value is at least a bound. */
    public void atLeast(double measured, double bound) {
        add(number(measured), "at least " + number(bound), measured >= bound);
    }

    /** Claims that a value is in a closed range. */
    public void between(double measured, double least, double most) {
        add(number(measured), number(least) + " to " + number(most), measured >= least && measured <= most);
    }

    /** Claims that two numbers are equal. */
    public void equal(long measured, long expected) {
        add(whole(measured), whole(expected), measured == expected);
    }

    /** Claims that two texts are equal. */
    public void equal(String measured, String expected) {
        add(measured, expected, measured.equals(expected));
    }

    private void add(String measured, String expected, boolean holds) {
        page.accept(
                new ClaimResult(text, source, measured, expected, holds ? ClaimOutcome.HOLDS : ClaimOutcome.DIFFERS));
    }

    private static String whole(long value) {
        return String.format(java.util.Locale.ROOT, "%,d", value);
    }

    /** Returns a number with six significant digits, with an exponent if it is very large or very small. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return whole((long) value);
        }
        double magnitude = Math.abs(value);
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        return magnitude < 1e-4 || magnitude >= 1e7 ? rounded.toString().replace("E", "e") : rounded.toPlainString();
    }
}
