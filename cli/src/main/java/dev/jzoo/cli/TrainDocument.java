package dev.jzoo.cli;

import dev.jzoo.cli.console.TextTable;
import dev.jzoo.export.Parity;
import dev.jzoo.training.PlannedRun;
import dev.jzoo.training.SeedSweep;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.card.ReadableNumbers;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The result of {@code train}, as {@code --json} prints it.
 *
 * @param report path of the report; empty if there is none
 * @param seeds a row for each seed of a sweep; empty for a single run
 */
record TrainDocument(
        String run,
        String model,
        SortedMap<String, Double> metrics,
        Parity parity,
        double seconds,
        String report,
        List<SeedRow> seeds) {

    /** A seed with the headline metric of its run. */
    record SeedRow(long seed, double value, String run) {}

    static TrainDocument of(TrainingResult result) {
        return of(result, result.run(), List.of());
    }

    static TrainDocument of(SeedSweep sweep) {
        List<SeedRow> rows = sweep.seeds().stream()
                .map(seed -> new SeedRow(
                        seed.seed(), sweep.value(seed), seed.result().run().toString()))
                .toList();
        return of(sweep.result(), sweep.median().result().run(), rows);
    }

    private static TrainDocument of(TrainingResult result, Path reported, List<SeedRow> seeds) {
        Path page = reported.resolve("report").resolve("index.html");
        return new TrainDocument(
                result.run().toString(),
                result.model().toString(),
                result.card().metrics(),
                result.parity(),
                result.seconds(),
                Files.exists(page) ? page.toString() : "",
                seeds);
    }

    /** Prints a row for each seed. */
    static void print(SeedSweep sweep, PrintWriter out) {
        TextTable table = new TextTable(
                TextTable.TextColumn.right("SEED"),
                TextTable.TextColumn.right(sweep.headline().metric().toUpperCase(Locale.ROOT)),
                TextTable.TextColumn.left(""));
        for (SeedSweep.Seed seed : sweep.seeds()) {
            table.row(
                    Long.toString(seed.seed()),
                    ReadableNumbers.number(sweep.value(seed)),
                    seed.equals(sweep.median()) ? "median" : "");
        }
        table.print(out);
        out.printf(
                "Median %s, from %s to %s%n%n",
                ReadableNumbers.number(sweep.value(sweep.median())),
                ReadableNumbers.number(sweep.min()),
                ReadableNumbers.number(sweep.max()));
    }

    /** Prints the metrics and files of the run that is kept. */
    void print(PlannedRun planned, PrintWriter out) {
        out.println(planned.recipe().id() + ", " + planned.engine().title() + ", " + ReadableNumbers.seconds(seconds));
        metrics.forEach((metric, value) -> out.printf("  %-28s %s%n", metric, ReadableNumbers.number(value)));
        out.printf(
                Locale.ROOT,
                "ONNX Runtime agrees: largest difference %s over %,d values%n",
                ReadableNumbers.number(parity.maxError()),
                parity.values());
        out.println("Run     " + run);
        out.println("Model   " + model);
        if (!report.isEmpty()) {
            out.println("Report  " + report);
        }
    }
}
