package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.TextTable;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.inference.series.Forecast;
import dev.jzoo.inference.series.Forecaster;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The result of {@code run} for a forecaster. Times are empty if the user provides the history. */
public record ForecastRun(List<Double> values, String unit, List<String> times, String provider) {

    public static void print(Output output, Forecaster forecaster, HistoryInput history, int steps) throws IOException {
        double[] given = history.values();
        Forecast forecast = UsageException.unlessRefused(
                () -> given.length == 0 ? forecaster.forecast(steps) : forecaster.forecast(given, steps));
        ForecastRun result = new ForecastRun(
                forecast.values(),
                forecast.unit(),
                forecast.times(),
                forecaster.model().provider());
        output.print(result, result::table);
    }

    private void table(PrintWriter out) {
        TextTable table = new TextTable(
                TextTable.TextColumn.left(times.isEmpty() ? "STEP" : "TIME"),
                TextTable.TextColumn.right(unit.isEmpty() ? "VALUE" : unit.toUpperCase(Locale.ROOT)));
        for (int i = 0; i < values.size(); i++) {
            table.row(
                    times.isEmpty() ? Integer.toString(i + 1) : times.get(i),
                    String.format(Locale.ROOT, "%.2f", values.get(i)));
        }
        table.print(out);
    }
}
