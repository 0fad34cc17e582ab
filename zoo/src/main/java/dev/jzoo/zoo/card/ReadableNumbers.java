package dev.jzoo.zoo.card;

import dev.jzoo.zoo.annotation.Internal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats for numbers, readable for people and the same in every locale. */
@Internal
public final class ReadableNumbers {

    private ReadableNumbers() {}

    /** Formats a size in powers of 1000: "812 B", "31.4 kB", "9.7 MB". */
    public static String bytes(long count) {
        if (count < 1000) {
            return count + " B";
        }
        double value = count;
        int unit = -1;
        while (value >= 999.95 && unit < 3) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %sB", value, "kMGT".charAt(unit));
    }

    /** Formats a duration: "0.4 s", "12 s", "3 min 20 s". */
    public static String seconds(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    /** Formats a value with four decimals, or with an exponent if four decimals would lose it: "2.30e-05". */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4f", value);
    }

    /** Formats the first two metrics, those of the test part if there are any: "test.accuracy 0.9224, test.loss 0.2800". */
    public static String metrics(Map<String, Double> metrics) {
        boolean tested = metrics.keySet().stream().anyMatch(ReadableNumbers::isTest);
        return metrics.entrySet().stream()
                .filter(metric -> !tested || isTest(metric.getKey()))
                .limit(2)
                .map(metric -> metric.getKey() + " " + number(metric.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static boolean isTest(String name) {
        return name.matches("test\\.[^.]+");
    }
}
