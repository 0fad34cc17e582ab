package dev.jzoo.training.compare;

import dev.jzoo.training.Epoch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A comparison of runs. Each run has its own short name. A run without a setting, metric or curve is missing from that
 * row.
 *
 * @param runs the runs by name, in the order in which they were given
 */
public record RunComparison(Map<String, StoredRun> runs) {

    /** Name of the curve of losses, as in {@code history.csv}. */
    public static final String LOSS = "loss";

    /** Name of the curve of learning rates. */
    public static final String LEARNING_RATE = "learningRate";

    /** A setting with its value in each run. */
    public record SettingRow(String setting, Map<String, String> values) {}

    /** A metric with its value in each run. */
    public record MetricRow(String metric, Map<String, Double> values) {}

    /** A curve: its values in each run, from the first epoch on. */
    public record CurveRow(String curve, Map<String, List<Double>> values) {}

    public RunComparison {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    /**
     * Reads the folders of runs.
     *
     * @throws IllegalArgumentException if there are fewer than two, or one is named twice
     * @throws dev.jzoo.zoo.error.JZooException NOT_FOUND if a folder does not contain a run
     */
    public static RunComparison of(List<Path> folders) throws IOException {
        List<Path> whole = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        Set<Path> seen = new HashSet<>();
        for (int i = 0; i < whole.size(); i++) {
            if (!seen.add(whole.get(i))) {
                throw new IllegalArgumentException(
                        "The run " + folders.get(i) + " is named twice. Name each run once.");
            }
        }
        if (whole.size() < 2) {
            throw new IllegalArgumentException("Name two runs or more to compare.");
        }
        List<String> names = names(whole);
        Map<String, StoredRun> runs = new LinkedHashMap<>();
        for (int i = 0; i < whole.size(); i++) {
            runs.put(names.get(i), StoredRun.read(folders.get(i)));
        }
        return new RunComparison(runs);
    }

    /** Returns the ends of the paths, long enough to distinguish them. */
    private static List<String> names(List<Path> folders) {
        for (int length = 1; ; length++) {
            List<String> names = new ArrayList<>();
            for (Path folder : folders) {
                int count = folder.getNameCount();
                names.add(length < count ? folder.subpath(count - length, count).toString() : folder.toString());
            }
            if (new HashSet<>(names).size() == names.size()) {
                return names;
            }
        }
    }

    /** Returns the settings that are not the same in all runs. */
    public List<SettingRow> differences() {
        return settings().stream().filter(row -> !isSame(row)).toList();
    }

    /** Returns the settings that are the same in all runs. */
    public Map<String, String> common() {
        Map<String, String> common = new LinkedHashMap<>();
        settings().stream()
                .filter(this::isSame)
                .forEach(row ->
                        common.put(row.setting, row.values.values().iterator().next()));
        return common;
    }

    /** Returns the metrics that at least one run has, by name. */
    public List<MetricRow> metrics() {
        return names(run -> run.metrics().keySet()).stream()
                .sorted()
                .map(name -> new MetricRow(
                        name, row(run -> Optional.ofNullable(run.metrics().get(name)))))
                .toList();
    }

    /** Returns loss and learning rate by epoch, then the metrics that were measured after each epoch. */
    public List<CurveRow> curves() {
        Set<String> names = new LinkedHashSet<>(List.of(LOSS, LEARNING_RATE));
        names.addAll(names(run -> run.history().epochs().stream()
                .flatMap(epoch -> epoch.metrics().keySet().stream())
                .toList()));
        return names.stream()
                .map(name -> new CurveRow(name, row(run -> curve(run, name))))
                .filter(row -> !row.values.isEmpty())
                .toList();
    }

    private static Optional<List<Double>> curve(StoredRun run, String name) {
        List<Epoch> epochs = run.history().epochs();
        boolean isThere = !epochs.isEmpty()
                && (name.equals(LOSS)
                        || name.equals(LEARNING_RATE)
                        || epochs.get(0).metrics().containsKey(name));
        return isThere
                ? Optional.of(epochs.stream().map(epoch -> value(epoch, name)).toList())
                : Optional.empty();
    }

    private static double value(Epoch epoch, String name) {
        return switch (name) {
            case LOSS -> epoch.loss();
            case LEARNING_RATE -> epoch.learningRate();
            default -> epoch.metrics().get(name);
        };
    }

    private List<SettingRow> settings() {
        return names(run -> run.settings().keySet()).stream()
                .map(name -> new SettingRow(
                        name, row(run -> Optional.ofNullable(run.settings().get(name)))))
                .toList();
    }

    private boolean isSame(SettingRow row) {
        return row.values.size() == runs.size() && new HashSet<>(row.values.values()).size() == 1;
    }

    private Set<String> names(Function<StoredRun, Iterable<String>> of) {
        Set<String> names = new LinkedHashSet<>();
        runs.values().forEach(run -> of.apply(run).forEach(names::add));
        return names;
    }

    private <T> Map<String, T> row(Function<StoredRun, Optional<T>> value) {
        Map<String, T> row = new LinkedHashMap<>();
        runs.forEach((name, run) -> value.apply(run).ifPresent(found -> row.put(name, found)));
        return row;
    }
}
