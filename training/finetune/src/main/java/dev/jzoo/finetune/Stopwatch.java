package dev.jzoo.finetune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stopwatch for the steps of a run, in seconds. */
final class Stopwatch {

    private final Map<String, Double> laps = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private long last = start;

    /** Ends a step and gives it a name. */
    void lap(String name) {
        long now = System.nanoTime();
        laps.merge(name, (now - last) / 1e9, Double::sum);
        last = now;
    }

    /** Returns the seconds of each finished step, in their order. */
    Map<String, Double> laps() {
        return Collections.unmodifiableMap(laps);
    }

    /** Returns the seconds since the start. */
    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
