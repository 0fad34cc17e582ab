package dev.jzoo.datasets;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.Objects;

/** A monthly series: one finite value a month without gaps. Immutable; arrays are copied in and out. */
public final class Series {

    private final String name;
    private final String unit;
    private final YearMonth start;
    private final double[] values;

    /**
     * @param name what is counted: "airline"
     * @param unit what one unit of a value is: "thousand passengers"
     * @param start month of the first value
     * @param values oldest first, at least one
     * @throws IllegalArgumentException if there is no value, or one is infinite or not a number
     */
    public Series(String name, String unit, YearMonth start, double... values) {
        this.name = Objects.requireNonNull(name, "name");
        this.unit = Objects.requireNonNull(unit, "unit");
        this.start = Objects.requireNonNull(start, "start");
        this.values = values.clone();
        if (values.length == 0) {
            throw new IllegalArgumentException("The series '" + name + "' has no value.");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "The series '" + name + "' has " + values[i] + " for " + start.plusMonths(i) + ".");
            }
        }
    }

    /** What is counted. */
    public String name() {
        return name;
    }

    /** What one unit of a value is. */
    public String unit() {
        return unit;
    }

    /** Month of the first value. */
    public YearMonth start() {
        return start;
    }

    /** Month of the last value. */
    public YearMonth last() {
        return month(size() - 1);
    }

    /** Month of a value. */
    public YearMonth month(int index) {
        return start.plusMonths(Objects.checkIndex(index, size()));
    }

    /** Number of values, at least 1. */
    public int size() {
        return values.length;
    }

    /** A copy of the values, oldest first. */
    public double[] values() {
        return values.clone();
    }

    /** The first months, to train on. */
    public Series first(int count) {
        return part(0, count);
    }

    /** What follows the first months, to test on. */
    public Series after(int count) {
        return part(count, size());
    }

    private Series part(int from, int to) {
        if (from < 0 || from >= to || to > size()) {
            throw new IllegalArgumentException("The series '" + name + "' has " + size() + " values; those from " + from
                    + " to " + to + " are no part of it.");
        }
        return new Series(name, unit, month(from), Arrays.copyOfRange(values, from, to));
    }

    /** "airline: 144 months from 1949-01 to 1960-12, thousand passengers". */
    @Override
    public String toString() {
        return name + ": " + size() + " months from " + start + " to " + last() + ", " + unit;
    }
}
