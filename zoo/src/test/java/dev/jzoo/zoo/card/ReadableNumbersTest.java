package dev.jzoo.zoo.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadableNumbersTest {

    @Test
    void numbersAreShort() {
        assertEquals("999 B", ReadableNumbers.bytes(999));
        assertEquals("1.0 kB", ReadableNumbers.bytes(1000));
        assertEquals("1.0 MB", ReadableNumbers.bytes(999_999));
        assertEquals("3 min 20 s", ReadableNumbers.seconds(200.4));
        assertEquals("4.47e-08", ReadableNumbers.number(4.47e-8));
        assertEquals("0", ReadableNumbers.number(0));
        assertEquals("48.6641", ReadableNumbers.number(48.66411));
    }

    @Test
    void ofManyMetricsTheFirstTwoOfTheTestPartAreShown() {
        Map<String, Double> metrics = new TreeMap<>(
                Map.of("cv.accuracy", 0.5, "test.accuracy", 0.9224, "test.loss", 0.28, "test.accuracy.min", 0.9));
        assertEquals("test.accuracy 0.9224, test.loss 0.2800", ReadableNumbers.metrics(metrics));
        assertEquals("cv.accuracy 0.5000", ReadableNumbers.metrics(Map.of("cv.accuracy", 0.5)));
    }
}
