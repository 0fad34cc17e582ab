package dev.jzoo.benchmarks;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The measured values of one figure, one for each round.
 *
 * @param values in the order of the rounds; at least one
 */
record Samples(List<Double> values) {

    Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Samples need at least one value.");
        }
    }

    /** Returns the middle value, or the mean of the two in the middle. */
    double median() {
        int last = values.size() - 1;
        return (sorted(last / 2) + sorted(last - last / 2)) / 2;
    }

    /** Returns the value that a quarter of the values are below. */
    double firstQuartile() {
        return sorted(values.size() / 4);
    }

    /** Returns the value that three quarters of the values are below. */
    double thirdQuartile() {
        return sorted(3 * values.size() / 4);
    }

    double smallest() {
        return sorted(0);
    }

    double largest() {
        return sorted(values.size() - 1);
    }

    /** Divides each value by the other figure's value of the same round. A disturbance during a round affects both. */
    Samples over(Samples other) {
        return each(round -> values.get(round) / other.values.get(round));
    }

    /** Adds the other figure's value of the same round to each value. */
    Samples plus(Samples other) {
        return each(round -> values.get(round) + other.values.get(round));
    }

    /** Subtracts the other figure's value of the same round from each value. */
    Samples minus(Samples other) {
        return each(round -> values.get(round) - other.values.get(round));
    }

    private Samples each(IntToDoubleFunction value) {
        return new Samples(
                IntStream.range(0, values.size()).mapToDouble(value).boxed().toList());
    }

    private double sorted(int position) {
        return values.stream().sorted().skip(position).findFirst().orElseThrow();
    }
}
