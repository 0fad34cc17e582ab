package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.TextTable;
import dev.jzoo.inference.tables.Regressor;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The result of {@code run} for a regressor.
 *
 * @param values a prediction for each row
 * @param unit of a prediction; empty if it has none
 * @param target name of the predicted column; empty if the model does not name it
 */
public record RegressorRun(List<Double> values, String unit, String target, String provider) {

    public static void print(Output output, Regressor regressor, RowsInput input) throws IOException {
        List<double[]> rows = input.rows(
                regressor.features(),
                !regressor.target().isEmpty(),
                regressor.model().name());
        RegressorRun result = new RegressorRun(
                regressor.predict(rows),
                regressor.unit(),
                regressor.target(),
                regressor.model().provider());
        output.print(result, result::table);
    }

    private void table(PrintWriter out) {
        TextTable table = new TextTable(TextTable.TextColumn.right("ROW"), TextTable.TextColumn.right(heading()));
        for (int i = 0; i < values.size(); i++) {
            table.row(Integer.toString(i + 1), String.format(Locale.ROOT, "%.4f", values.get(i)));
        }
        table.print(out);
    }

    private String heading() {
        return (target.isEmpty() ? "VALUE" : target.toUpperCase(Locale.ROOT))
                + (unit.isEmpty() ? "" : " [" + unit + "]");
    }
}
