package dev.jzoo.inference.series;

import java.util.List;
import java.util.Objects;

/**
 * How a series goes on.
 *
 * @param values the next values, soonest first
 * @param unit what one unit of a value is: "thousand passengers"; empty if the model does not say
 * @param times of the values, as precise as the model's series: "1961-01"; empty where the history had no times
 */
public record Forecast(List<Double> values, String unit, List<String> times) {

    public Forecast {
        values = List.copyOf(values);
        Objects.requireNonNull(unit, "unit");
        times = List.copyOf(times);
        if (!times.isEmpty() && times.size() != values.size()) {
            throw new IllegalArgumentException("A forecast has a time for each value or none, not " + times.size()
                    + " for " + values.size() + ".");
        }
    }
}
