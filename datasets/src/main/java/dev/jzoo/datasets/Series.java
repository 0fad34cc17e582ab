package dev.jzoo.datasets;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.Objects;

/** A monthly series: one finite value per month without gaps. Immutable; arrays are copied in and out. */
public final class Series {

    private final String name;
    private final String unit;
    private final YearMonth start;
    private final double[] values;

    /**
     * Creates a series.
     *
     * @param name the quantity: "airline"
     * @param unit the unit of a value: "thousand passengers"
     * @param start month of the first value
     * @param values oldest first, at least one
     * @throws IllegalArgumentException if there is no value, or one is infinite or NaN
     */
    public Series(String name, String unit, YearMonth start, double... values) {
        this.name = Objects.requireNonNull(name, "name");
        this.unit = Objects.requireNonNull(unit, "unit");
        this.start = Objects.requireNonNull(start, "start");
        this.values = values.clone();
        if (values.length == 0) {
            throw new IllegalArgumentException("The series '" + name + "' has no values.");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("The series '" + name + "' must have finite values, not " + values[i]
                        + " for" + " " + start.plusMonths(i) + ".");
            }
        }
    }

    /** Returns the quantity. */
    public String name() {
        return name;
    }

    /** Returns the unit of a value. */
    public String unit() {
        return unit;
    }

    /** Returns the month of the first value. */
    public YearMonth start() {
        return start;
    }

    /** Returns the month of the last value. */
    public YearMonth last() {
        return month(size() - 1);
    }

    /** Returns the month of a value. */
    public YearMonth month(int index) {
        return start.plusMonths(Objects.checkIndex(index, size()));
    }

    /** Returns the number of values, at least 1. */
    public int size() {
        return values.length;
    }

    /** Returns a copy of the values, oldest first. */
    public double[] values() {
        return values.clone();
    }

    /** Returns the first months, to train on. */
    public Series first(int count) {
        return part(0, count);
    }

    /** Returns the months after the first ones, to test on. */
    public Series after(int count) {
        return part(count, size());
    }

    private Series part(int from, int to) {
        if (from < 0 || from >= to || to > size()) {
            throw new IllegalArgumentException("The series '" + name + "' has " + size() + " values; the range from"
                    + " " + from
                    + " to " + to + " is outside it.");
        }
        return new Series(name, unit, month(from), Arrays.copyOfRange(values, from, to));
    }

    /** Returns a description: "airline: 144 months from 1949-01 to 1960-12, thousand passengers". */
    @Override
    public String toString() {
        return name + ": " + size() + " months from " + start + " to " + last() + ", " + unit;
    }
}
