package dev.jzoo.training.compare;

import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Report;
import dev.jzoo.report.Table;
import dev.jzoo.training.compare.RunComparison.CurveRow;
import dev.jzoo.training.compare.RunComparison.MetricRow;
import dev.jzoo.training.compare.RunComparison.SettingRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page that compares runs: settings that differ, curves of all runs in one chart, metrics. */
public final class ComparisonPage {

    /** Number of digits of a digest to show; digests are compared completely. */
    private static final int DIGEST = 12;

    private ComparisonPage() {}

    /** Returns the page of a comparison. */
    public static Report of(RunComparison comparison) {
        Collection<String> names = comparison.runs().keySet();
        List<SettingRow> differences = comparison.differences();
        Report report = Report.titled(String.join(", ", names))
                .summary(names.size() + " runs compared. Settings that differ: " + differences.size()
                        + "; settings that are the same: " + comparison.common().size() + ".");
        report.section("Settings that differ");
        if (differences.isEmpty()) {
            report.paragraph("All settings are the same.");
        } else {
            report.table(settings(differences, names));
        }
        report.section("Curves").figures(figures(comparison));
        names.stream()
                .filter(name -> comparison.runs().get(name).history().epochs().isEmpty())
                .forEach(name -> report.paragraph(name + " has no curves because it has no epochs."));
        report.section("Metrics");
        if (comparison.metrics().isEmpty()) {
            report.paragraph("None of the runs has metrics yet.");
        } else {
            report.table(metrics(comparison.metrics(), names));
        }
        Table common = Table.captioned("Settings that are the same in all runs.")
                .text("setting")
                .text("value");
        comparison.common().forEach((setting, value) -> common.row(setting, shown(value)));
        return report.section("Settings of all runs").table(common);
    }

    private static Table settings(List<SettingRow> rows, Collection<String> names) {
        Table table = Table.captioned("A dash means that a run does not have the setting.")
                .text("setting");
        names.forEach(table::text);
        for (SettingRow row : rows) {
            List<Object> cells = new ArrayList<>(List.of(row.setting()));
            names.forEach(name -> cells.add(shown(row.values().getOrDefault(name, ""))));
            table.row(cells.toArray());
        }
        return table;
    }

    private static Table metrics(List<MetricRow> rows, Collection<String> names) {
        Table table = Table.captioned("Metrics of the models, measured in ONNX Runtime.")
                .text("metric");
        names.forEach(table::significant);
        for (MetricRow row : rows) {
            List<Object> cells = new ArrayList<>(List.of(row.metric()));
            names.forEach(name -> cells.add(
                    row.values().containsKey(name) ? (Object) row.values().get(name) : ""));
            table.row(cells.toArray());
        }
        return table;
    }

    private static Figure[] figures(RunComparison comparison) {
        return comparison.curves().stream()
                .flatMap(curve -> figure(curve).stream())
                .toArray(Figure[]::new);
    }

    /** Draws a line for each run through its finite values. Returns empty if there are none. */
    private static Optional<Figure> figure(CurveRow curve) {
        LineChart chart = LineChart.ofEpochs(title(curve.curve()));
        boolean isEmpty = true;
        for (Map.Entry<String, List<Double>> run : curve.values().entrySet()) {
            List<double[]> points = points(run.getValue());
            if (!points.isEmpty()) {
                isEmpty = false;
                chart.line(
                        run.getKey(),
                        points.stream().mapToDouble(point -> point[0]).toArray(),
                        points.stream().mapToDouble(point -> point[1]).toArray());
            }
        }
        return isEmpty ? Optional.empty() : Optional.of(chart.figure(caption(curve.curve())));
    }

    /** Pairs the number of each epoch, from 1, with its value. */
    private static List<double[]> points(List<Double> values) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                points.add(new double[] {i + 1, values.get(i)});
            }
        }
        return points;
    }

    private static String title(String curve) {
        return switch (curve) {
            case RunComparison.LOSS -> "training loss";
            case RunComparison.LEARNING_RATE -> "learning rate";
            default -> curve;
        };
    }

    private static String caption(String curve) {
        return switch (curve) {
            case RunComparison.LOSS -> "Mean loss over the steps of each epoch.";
            case RunComparison.LEARNING_RATE -> "Learning rate at the end of each epoch.";
            default -> curve + " after each epoch.";
        };
    }

    private static String shown(String value) {
        return value.matches("[0-9a-f]{64}") ? value.substring(0, DIGEST) : value;
    }
}
