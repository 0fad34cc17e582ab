package dev.jzoo.cli;

import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.TextTable;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.file.Sha256;
import java.io.PrintWriter;
import java.util.List;
import java.util.SortedMap;

/** A model as {@code list} and {@code search} show it. */
record ModelRow(
        String id,
        String version,
        Task task,
        long bytes,
        Sha256 sha256,
        SortedMap<String, Double> metrics,
        String licence) {

    static ModelRow of(Listing model) {
        return new ModelRow(
                model.id(),
                model.version(),
                model.task(),
                model.bytes(),
                model.sha256(),
                model.metrics(),
                model.licence());
    }

    static void print(Output output, List<Listing> models) {
        List<ModelRow> rows = models.stream().map(ModelRow::of).toList();
        output.print(rows, out -> table(rows, out));
    }

    private static void table(List<ModelRow> rows, PrintWriter out) {
        TextTable table = new TextTable(
                TextTable.TextColumn.left("MODEL"),
                TextTable.TextColumn.left("VERSION"),
                TextTable.TextColumn.left("TASK"),
                TextTable.TextColumn.right("SIZE"),
                TextTable.TextColumn.left("LICENCE"),
                TextTable.TextColumn.left("METRICS"));
        rows.forEach(row -> table.row(
                row.id,
                row.version,
                row.task.id(),
                ReadableNumbers.bytes(row.bytes),
                row.licence,
                ReadableNumbers.metrics(row.metrics)));
        table.print(out);
    }
}
