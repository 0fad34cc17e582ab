package dev.jzoo.finetune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each part of something took, in seconds. */
final class Stopwatch {

    private final Map<String, Double> laps = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private long last = start;

    /** The part that ends now. */
    void lap(String name) {
        long now = System.nanoTime();
        laps.merge(name, (now - last) / 1e9, Double::sum);
        last = now;
    }

    /** The parts that ended, in their order. */
    Map<String, Double> laps() {
        return Collections.unmodifiableMap(laps);
    }

    /** From the beginning until now. */
    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
