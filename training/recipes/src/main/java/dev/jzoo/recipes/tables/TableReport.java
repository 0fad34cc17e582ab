package dev.jzoo.recipes.tables;

import dev.jzoo.report.LineChart;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import dev.jzoo.report.Scale;
import dev.jzoo.report.ScatterChart;
import dev.jzoo.report.Table;
import dev.jzoo.training.recipe.RunPage;

/**
 * The page of a table regression's run: predicted and true values, curves, and the comparison with linear regression.
 */
final class TableReport {

    private TableReport() {}

    /** The model's predictions for each row, with the truth. */
    record Predictions(double[] trainTruth, double[] train, double[] testTruth, double[] test) {}

    static void add(Report report, RunPage page, Predictions predictions) {
        String target = page.card().columns().get(0).target();
        report.fact(
                        "Test R²",
                        number(page.metric("test.r2")),
                        "linear regression: " + number(page.metric("linear.test.r2")))
                .fact(
                        "Train R²",
                        number(page.metric("train.r2")),
                        "linear regression: " + number(page.metric("linear.train.r2")));
        report.section("Predicted and true values")
                .figure(
                        ScatterChart.of(target + ", true", target + ", predicted")
                                .points(Role.TRAIN, "train", predictions.trainTruth(), predictions.train())
                                .points(Role.TEST, "test", predictions.testTruth(), predictions.test())
                                .figure(
                                        "One point for each row of the table. On the dashed line, predictions equal the truth."))
                .table(beside(page))
                .section("Training")
                .figures(
                        LineChart.ofEpochs("mean squared error")
                                .yScale(Scale.LOG)
                                .line(
                                        Role.TRAIN,
                                        "training loss",
                                        page.history().losses())
                                .figure("Mean loss over the steps of each epoch."),
                        page.learningRate());
    }

    private static Table beside(RunPage page) {
        Table table = Table.captioned(
                        "R² is the share of the variance that is explained. RMSE is in the unit of the target.")
                .text("model")
                .decimal("R² train", 4)
                .decimal("R² test", 4)
                .decimal("RMSE train", 4)
                .decimal("RMSE test", 4);
        row(table, "this network", "", page);
        row(table, "linear regression", "linear.", page);
        return table;
    }

    private static void row(Table table, String name, String prefix, RunPage page) {
        table.row(
                name,
                page.metric(prefix + "train.r2"),
                page.metric(prefix + "test.r2"),
                page.metric(prefix + "train.rmse"),
                page.metric(prefix + "test.rmse"));
    }

    private static String number(double value) {
        return Numerals.decimal(value, 3);
    }
}
