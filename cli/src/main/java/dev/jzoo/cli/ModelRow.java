package dev.jzoo.cli;

import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.ReadableNumbers;
import dev.jzoo.zoo.Sha256;
import dev.jzoo.zoo.Task;
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
        Table table = new Table(
                Table.Column.left("MODEL"),
                Table.Column.left("VERSION"),
                Table.Column.left("TASK"),
                Table.Column.right("SIZE"),
                Table.Column.left("LICENCE"),
                Table.Column.left("METRICS"));
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
