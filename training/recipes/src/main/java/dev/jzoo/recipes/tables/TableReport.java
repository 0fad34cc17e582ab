package dev.jzoo.recipes.tables;

import dev.jzoo.export.Parity;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Report;
import dev.jzoo.report.Scale;
import dev.jzoo.report.ScatterChart;
import dev.jzoo.report.Table;
import dev.jzoo.training.History;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The page of a run that predicts a column of a table: predicted against true values, curves, and linear regression. */
final class TableReport {

    private TableReport() {}

    /** What the model says to each row, beside the truth. */
    record Predictions(double[] trainTruth, double[] train, double[] testTruth, double[] test) {}

    static void write(TrainingRun run, ModelCard card, History history, Predictions predictions, Parity parity)
            throws IOException {
        Map<String, Double> metrics = card.metrics();
        String target = card.columns().get(0).target();
        Report report = Report.titled(card.title())
                .summary(card.summary())
                .fact(
                        "Test R²",
                        number(metrics.get("test.r2")),
                        "linear regression: " + number(metrics.get("linear.test.r2")))
                .fact(
                        "Train R²",
                        number(metrics.get("train.r2")),
                        "linear regression: " + number(metrics.get("linear.train.r2")))
                .fact(
                        "Training",
                        String.format(Locale.ROOT, "%.1f s", history.seconds()),
                        run.engine().title())
                .fact(
                        "Parity",
                        String.format(Locale.ROOT, "%.1e", parity.maxError()),
                        "ONNX Runtime against the engine")
                .section("Predicted against true")
                .figure(ScatterChart.of(target + ", true", target + ", predicted")
                        .points("train", predictions.trainTruth(), predictions.train())
                        .points("test", predictions.testTruth(), predictions.test())
                        .figure("Each row of the table; on the dashed line predictions are right."))
                .table(Table.captioned(
                                "R² is the share of the variance that is explained; RMSE is in units of the target")
                        .text("model")
                        .decimal("R² train", 4)
                        .decimal("R² test", 4)
                        .decimal("RMSE train", 4)
                        .decimal("RMSE test", 4)
                        .row(
                                "this network",
                                metrics.get("train.r2"),
                                metrics.get("test.r2"),
                                metrics.get("train.rmse"),
                                metrics.get("test.rmse"))
                        .row(
                                "linear regression",
                                metrics.get("linear.train.r2"),
                                metrics.get("linear.test.r2"),
                                metrics.get("linear.train.rmse"),
                                metrics.get("linear.test.rmse")))
                .section("Training")
                .figures(
                        LineChart.of("epoch", "mean squared error")
                                .yScale(Scale.LOG)
                                .line("loss while training", history.losses())
                                .figure("Mean loss over each epoch's steps."),
                        LineChart.of("epoch", "learning rate")
                                .line("learning rate", history.learningRates())
                                .figure("At the end of each epoch."))
                .section("How it was made")
                .verbatim(card.recipe().command());
        run.folder().writeReport(report);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
