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
 * Times at equal steps, ISO 8601.
 *
 * @param last the time before the first: a year, a month, a day, or a day and a time
 * @param step from one to the next: "P1M", "PT1H"
 */
record TimeAxis(Temporal last, TemporalAmount step) {

    /** Fails with DateTimeException where one cannot be read, or the step is finer than the time. */
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

    /** The next times. Each is counted from the last, so that the ends of months stay ends of months. */
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
        throw new DateTimeException("A step is a period or a duration, not " + step);
    }
}
