package dev.jzoo.cli;

import dev.jzoo.cli.console.TextTable;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.training.compare.ComparisonPage;
import dev.jzoo.training.compare.RunComparison;
import dev.jzoo.training.compare.RunComparison.CurveRow;
import dev.jzoo.training.compare.RunComparison.MetricRow;
import dev.jzoo.training.compare.RunComparison.SettingRow;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo compare}. */
@Command(
        name = "compare",
        description = {
            "Compare the settings, losses and metrics of runs.",
            "Shows the settings that differ, the loss of each epoch, and the metrics. The runs may come from"
                    + " 'train' or 'finetune'."
        },
        footer = {
            "  jzoo compare runs/first runs/second",
            "  jzoo compare runs/first runs/second --html compare.html",
            "  jzoo compare runs/first runs/second --json"
        })
final class CompareCommand implements Callable<Integer> {

    /** Longest value of a setting, in characters, that still fits a column. */
    private static final int WIDEST = 24;

    /** Approximate number of epochs printed. The HTML page shows all epochs. */
    private static final int EPOCHS = 10;

    private final JzooCommand jzoo;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "The folders of two or more runs.")
    private List<String> runs = List.of();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write an HTML page. Its charts show each curve for all runs.")
    private Optional<String> html = Optional.empty();

    CompareCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** The document that {@code --json} prints. Values are keyed by the run's name; a run without a value is omitted. */
    private record Document(
            List<RunRow> runs,
            List<SettingRow> differences,
            Map<String, String> common,
            List<MetricRow> metrics,
            List<CurveRow> curves,
            String html) {}

    private record RunRow(String name, String folder, int epochs) {}

    @Override
    public Integer call() throws IOException {
        if (runs.size() < 2) {
            throw new UsageException("'jzoo compare' expects the folders of two or more runs.");
        }
        html.ifPresent(CompareCommand::requirePage);
        RunComparison comparison = UsageException.unlessRefused(
                () -> RunComparison.of(runs.stream().map(jzoo.host()::path).toList()));
        String page = html.isPresent() ? write(comparison, jzoo.host().path(html.get())) : "";
        Document document = new Document(
                comparison.runs().entrySet().stream()
                        .map(run -> new RunRow(
                                run.getKey(),
                                run.getValue().folder().toString(),
                                run.getValue().history().epochs().size()))
                        .toList(),
                comparison.differences(),
                comparison.common(),
                comparison.metrics(),
                comparison.curves(),
                page);
        jzoo.output().print(document, out -> print(comparison, page, out));
        return 0;
    }

    /** Rejects any name not ending in .html, so that no other file of a run, such as recipe.json, is overwritten. */
    private static void requirePage(String file) {
        if (!file.endsWith(".html")) {
            throw new UsageException("--html expects a file name that ends in .html, not " + file + ".");
        }
    }

    private static String write(RunComparison comparison, Path file) throws IOException {
        AtomicFile.write(file, ComparisonPage.of(comparison).html());
        return file.toString();
    }

    private static void print(RunComparison comparison, String page, PrintWriter out) {
        Collection<String> names = comparison.runs().keySet();
        settings(comparison, names, out);
        comparison.curves().stream()
                .filter(curve -> curve.curve().equals(RunComparison.LOSS))
                .forEach(loss -> losses(loss, names, out));
        if (!comparison.metrics().isEmpty()) {
            out.println();
            TextTable table = columns("METRIC", names);
            comparison
                    .metrics()
                    .forEach(metric -> table.row(row(metric.metric(), names, name -> Optional.ofNullable(
                                    metric.values().get(name))
                            .map(ReadableNumbers::number))));
            table.print(out);
        }
        if (!page.isEmpty()) {
            out.println();
            out.println("Page  " + page);
        }
    }

    /** Prints short values in columns and long ones below each other. */
    private static void settings(RunComparison comparison, Collection<String> names, PrintWriter out) {
        List<SettingRow> differences = comparison.differences();
        if (differences.isEmpty()) {
            out.println("All settings are the same.");
            return;
        }
        TextTable table = columns("SETTING", names);
        differences.stream()
                .filter(CompareCommand::isShort)
                .forEach(row -> table.row(row(
                        row.setting(),
                        names,
                        name -> Optional.ofNullable(row.values().get(name)))));
        table.print(out);
        differences.stream().filter(row -> !isShort(row)).forEach(row -> {
            out.println();
            out.println(row.setting());
            namesByValue(row).forEach((value, having) -> out.println("  " + String.join(", ", having) + ": " + value));
        });
        out.println();
        int same = comparison.common().size();
        out.println("The same in all runs: " + same + (same == 1 ? " setting" : " settings"));
    }

    /** Groups runs by value, so that a long text that several runs share is printed once. */
    private static Map<String, List<String>> namesByValue(SettingRow row) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        row.values().forEach((name, value) -> names.computeIfAbsent(value, none -> new ArrayList<>())
                .add(name));
        return names;
    }

    private static boolean isShort(SettingRow row) {
        return row.values().values().stream().allMatch(value -> value.length() <= WIDEST);
    }

    private static void losses(CurveRow loss, Collection<String> names, PrintWriter out) {
        int last = loss.values().values().stream().mapToInt(List::size).max().orElse(0);
        int every = (last + EPOCHS - 1) / EPOCHS;
        out.println();
        TextTable table = columns("LOSS OF EPOCH", names);
        for (int epoch = 1; epoch <= last; epoch++) {
            int shown = epoch;
            if (epoch == 1 || epoch == last || epoch % every == 0) {
                table.row(row(Integer.toString(epoch), names, name -> Optional.ofNullable(
                                loss.values().get(name))
                        .filter(values -> values.size() >= shown)
                        .map(values -> ReadableNumbers.number(values.get(shown - 1)))));
            }
        }
        table.print(out);
    }

    private static TextTable columns(String first, Collection<String> names) {
        return new TextTable(Stream.concat(
                        Stream.of(TextTable.TextColumn.left(first)),
                        names.stream().map(TextTable.TextColumn::right))
                .toArray(TextTable.TextColumn[]::new));
    }

    private static String[] row(String first, Collection<String> names, Function<String, Optional<String>> cell) {
        List<String> cells = new ArrayList<>(List.of(first));
        names.forEach(name -> cells.add(cell.apply(name).orElse("-")));
        return cells.toArray(String[]::new);
    }
}
