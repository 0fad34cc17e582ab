package dev.jzoo.inference.series;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times in ISO 8601 at equal steps.
 *
 * @param last the time before the first: a year, a month, a day, or a day and a time
 * @param step the distance between times: "P1M", "PT1H"
 */
record TimeAxis(Temporal last, TemporalAmount step) {

    /** Parses a time and a step. Fails with DateTimeException if one is malformed or the step is finer than the time. */
    static TimeAxis parse(String last, String step) {
        Temporal time = last.contains("T")
                ? LocalDateTime.parse(last)
                : switch (last.length()) {
                    case 4 -> Year.parse(last);
                    case 7 -> YearMonth.parse(last);
                    default -> LocalDate.parse(last);
                };
        TimeAxis axis = new TimeAxis(time, step.contains("T") ? Duration.parse(step) : Period.parse(step));
        axis.next(1);
        return axis;
    }

    /** Returns the next times. Each is computed from {@code last}, so that ends of months remain ends of months. */
    List<String> next(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> last.plus(times(i)).toString())
                .toList();
    }

    private TemporalAmount times(int count) {
        if (step instanceof Period period) {
            return period.multipliedBy(count);
        }
        if (step instanceof Duration duration) {
            return duration.multipliedBy(count);
        }
        throw new DateTimeException("Expected a period or a duration as step, found " + step);
    }
}
