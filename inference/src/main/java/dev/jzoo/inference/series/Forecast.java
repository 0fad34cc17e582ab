package dev.jzoo.inference.series;

import java.util.List;
import java.util.Objects;

/**
 * The continuation of a series.
 *
 * @param values the next values, soonest first
 * @param unit unit of the values: "thousand passengers"; empty if the model does not name it
 * @param times times of the values, in the precision of the model's series: "1961-01"; empty if the history had no times
 */
public record Forecast(List<Double> values, String unit, List<String> times) {

    public Forecast {
        values = List.copyOf(values);
        Objects.requireNonNull(unit, "unit");
        times = List.copyOf(times);
        if (!times.isEmpty() && times.size() != values.size()) {
            throw new IllegalArgumentException("A forecast has a time for each value or no times, not " + times.size()
                    + " times for " + values.size() + " values.");
        }
    }
}
