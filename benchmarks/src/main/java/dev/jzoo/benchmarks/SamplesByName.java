package dev.jzoo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collector of figures while rounds go on. Names keep the order in which they first came. */
final class SamplesByName {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** A task whose time is measured. */
    interface TimedTask {
        void run() throws Exception;
    }

    void add(String name, double value) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /** Runs a task and adds the seconds that it took. */
    void time(String name, TimedTask task) throws Exception {
        long begun = System.nanoTime();
        task.run();
        add(name, (System.nanoTime() - begun) / 1e9);
    }

    /** Forgets the rounds so far, which were there to warm up. */
    void clear() {
        values.clear();
    }

    /** Returns the figures so far. */
    Map<String, Samples> samples() {
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new Samples(entry.getValue()), (a, b) -> a, LinkedHashMap::new));
    }
}
