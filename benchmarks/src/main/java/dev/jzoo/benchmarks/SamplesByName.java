package dev.jzoo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A collector of figures during rounds. Names keep the order of their first occurrence. */
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

    /** Removes all figures, after the warm-up rounds. */
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
