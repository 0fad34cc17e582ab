package dev.jzoo.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Formats for numbers on a page, the same in every locale. */
public final class Numerals {

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numerals() {}

    /** Formats a pixel coordinate with at most two decimals and without trailing zeros. */
    static String coordinate(double value) {
        double hundredths = Math.rint(value * 100);
        // Adding zero turns -0.0 into 0.0.
        String text = String.format(Locale.ROOT, "%.2f", hundredths / 100 + 0.0);
        return text.replaceAll("\\.?0+$", "");
    }

    /** Formats a count in groups of three digits: 9,224. */
    public static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Formats a number with a fixed number of decimals: 0.2742. */
    public static String decimal(double value, int decimals) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
                : Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    }

    /** Formats a share in [0, 1] as a percentage: 92.2 %. */
    public static String percent(double share, int decimals) {
        return decimal(100 * share, decimals) + " %";
    }

    /** Formats a number of unknown magnitude with four significant digits: 0.2742, 40,360, 1.2·10⁻⁷. */
    public static String significant(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return decimal(value, 0);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size >= 1e7 || size < 1e-4) {
            return power(rounded);
        }
        return decimal(rounded.doubleValue(), Math.max(0, rounded.scale()));
    }

    /** Formats the label of a tick on an axis whose ticks are this step apart. */
    static String tick(double value, double step) {
        if (value == 0) {
            return "0";
        }
        if (Math.abs(value) >= 1e7 || step < 1e-4) {
            return power(new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros());
        }
        return decimal(value, (int) Math.max(0, -Math.floor(StrictMath.log10(step * 1.0001))));
    }

    /** Formats a mantissa and a power of ten: 10⁻⁵, 2·10⁻⁵. */
    private static String power(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        String mantissa = value.scaleByPowerOfTen(-exponent).toPlainString();
        String ten = "10" + (exponent < 0 ? "⁻" : "") + superscript(Math.abs(exponent));
        return switch (mantissa) {
            case "1" -> ten;
            case "-1" -> "-" + ten;
            default -> mantissa + "·" + ten;
        };
    }

    private static String superscript(int exponent) {
        StringBuilder out = new StringBuilder();
        Integer.toString(exponent).chars().forEach(digit -> out.append(SUPERSCRIPTS.charAt(digit - '0')));
        return out.toString();
    }
}
