package dev.jzoo.report;

import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a plot: its label, its range and its ticks.
 *
 * @param label the quantity, with the unit
 * @param scale the spacing of values
 * @param low the value at its beginning
 * @param high the value at its end, above low
 * @param ticks in rising order, inside [low, high]
 */
record Axis(String label, Scale scale, double low, double high, List<Tick> ticks) {

    private static final double[] DECADES = {1};
    private static final double[] STEPS = {1, 2, 5};
    private static final double[] FINE = {1, 1.5, 2, 3, 4, 5, 6, 8};

    /** A value with the text next to its tick. */
    record Tick(double value, String label) {}

    /** Returns the position of a value: 0 at the beginning of the axis, 1 at its end. */
    double share(double value) {
        return scale == Scale.LOG
                ? (StrictMath.log(value) - StrictMath.log(low)) / (StrictMath.log(high) - StrictMath.log(low))
                : (value - low) / (high - low);
    }

    /** Returns an axis from exactly the lowest to exactly the highest value, for the bottom of a plot. */
    static Axis tight(String label, Scale scale, double low, double high, boolean wholeNumbers) {
        if (low == high) {
            return rounded(label, scale, low, high);
        }
        if (scale == Scale.LOG) {
            return new Axis(label, scale, low, high, logTicks(low, high));
        }
        double step = ceiling((high - low) / 8, STEPS);
        return new Axis(label, scale, low, high, linearTicks(low, high, wholeNumbers ? Math.max(1, step) : step));
    }

    /** Returns an axis of counts from the first to the last. The first always has a tick; the other ticks are multiples. */
    static Axis counted(String label, double first, double last) {
        Tick one = new Tick(first, Numerals.tick(first, 1));
        if (first == last) {
            return new Axis(label, Scale.LINEAR, first - 1, last + 1, List.of(one));
        }
        double step = Math.max(1, ceiling((last - first) / 8, STEPS));
        List<Tick> ticks = new ArrayList<>(linearTicks(first, last, step));
        if (ticks.get(0).value() > first) {
            ticks.add(0, one);
        }
        return new Axis(label, Scale.LINEAR, first, last, ticks);
    }

    /** Returns an axis extended to the next ticks, so that no line touches the edge of the frame between two ticks. */
    static Axis rounded(String label, Scale scale, double low, double high) {
        if (scale == Scale.LOG) {
            double[] mantissas = mantissas(low, high);
            double from = floor(low / 1.0001, mantissas);
            double to = ceiling(high * 1.0001, mantissas);
            return new Axis(label, scale, from, to, logTicks(from, to));
        }
        double spread = high > low ? high - low : Math.max(1e-9, Math.abs(high));
        double step = ceiling(spread / 5, STEPS);
        double from = Math.floor(low / step + 1e-9) * step;
        double to = Math.ceil(high / step - 1e-9) * step;
        if (from == to) {
            from -= step;
            to += step;
        }
        return new Axis(label, scale, from, to, linearTicks(from, to, step));
    }

    /** Returns an axis of months with positions as {@link #position(YearMonth)} counts them. Years are written in January. */
    static Axis months(YearMonth first, YearMonth last) {
        double years = (position(last) - position(first)) / 12;
        int every = years > 40 ? 10 : years > 20 ? 5 : years > 13 ? 2 : 1;
        List<Tick> ticks = new ArrayList<>();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            if (years < 3
                    ? month.getMonthValue() % 3 == 1
                    : month.getMonthValue() == 1 && month.getYear() % every == 0) {
                ticks.add(new Tick(position(month), years < 3 ? month.toString() : Integer.toString(month.getYear())));
            }
        }
        return new Axis("", Scale.LINEAR, position(first), Math.max(position(last), position(first) + 1), ticks);
    }

    /** Returns the position of a month on an axis of months. */
    static double position(YearMonth month) {
        return month.getLong(ChronoField.PROLEPTIC_MONTH);
    }

    /** Returns the month at a position. */
    static YearMonth month(double position) {
        long months = Math.round(position);
        return YearMonth.of((int) Math.floorDiv(months, 12L), (int) Math.floorMod(months, 12L) + 1);
    }

    private static List<Tick> linearTicks(double low, double high, double step) {
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(new Tick(i * step, Numerals.tick(i * step, step)));
        }
        return ticks;
    }

    private static List<Tick> logTicks(double low, double high) {
        double decades = StrictMath.log10(high / low);
        double[] mantissas = decades > 2.5 ? DECADES : mantissas(low, high);
        int every = (int) Math.max(1, Math.ceil(decades / 8));
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(StrictMath.log10(low)); power(exponent) <= high; exponent++) {
            for (double mantissa : mantissas) {
                double value = mantissa * power(exponent);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9) && Math.floorMod(exponent, every) == 0) {
                    ticks.add(new Tick(value, Numerals.significant(value)));
                }
            }
        }
        return ticks;
    }

    /** Returns the mantissas of ticks. A range within one decade needs more ticks than a range of several. */
    private static double[] mantissas(double low, double high) {
        return high / low > 20 ? STEPS : FINE;
    }

    /** Returns the highest round number that is not above the value. */
    private static double floor(double value, double[] mantissas) {
        double power = power((int) Math.floor(StrictMath.log10(value)));
        double floor = power;
        for (double mantissa : mantissas) {
            floor = mantissa * power <= value * (1 + 1e-9) ? mantissa * power : floor;
        }
        return floor;
    }

    /** Returns the lowest round number that is not below the value. */
    private static double ceiling(double value, double[] mantissas) {
        double power = power((int) Math.floor(StrictMath.log10(value)));
        for (double mantissa : mantissas) {
            if (mantissa * power >= value * (1 - 1e-9)) {
                return mantissa * power;
            }
        }
        return 10 * power;
    }

    private static double power(int exponent) {
        return StrictMath.pow(10, exponent);
    }
}
