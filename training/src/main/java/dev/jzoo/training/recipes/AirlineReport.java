package dev.jzoo.training.recipes;

import dev.jzoo.datasets.Series;
import dev.jzoo.export.Parity;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.Forecaster;
import dev.jzoo.training.History;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.report.ForecastChart;
import dev.jzoo.training.report.LineChart;
import dev.jzoo.training.report.Report;
import dev.jzoo.training.report.Scale;
import dev.jzoo.training.report.Table;
import dev.jzoo.zoo.ModelCard;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The page of a run that forecasts the airline series: the forecast against truth and baselines, and the loss. */
final class AirlineReport {

    private static final int FUTURE = 12;

    private AirlineReport() {}

    /**
     * What the model says of the months that are known, one month ahead.
     *
     * @param split index of the first month that was not learnt from
     * @param lookBack months that each forecast looks back
     * @param onTrain forecasts from month {@code lookBack} on
     * @param onTest forecasts from month {@code split + lookBack} on
     */
    record Forecasts(Series series, int split, int lookBack, double[] onTrain, double[] onTest) {

        int firstOfTest() {
            return split + lookBack;
        }

        /** For each forecast of the test part the month before. */
        double[] persistence() {
            return Arrays.copyOfRange(series.values(), firstOfTest() - 1, firstOfTest() - 1 + onTest.length);
        }
    }

    static void write(TrainingRun run, ModelCard card, History history, Forecasts forecasts, Parity parity)
            throws IOException {
        Series series = forecasts.series();
        Map<String, Double> metrics = card.metrics();
        Report.titled(card.title())
                .summary(card.summary())
                .fact("Test RMSE", number(metrics.get("test.rmse")), series.unit())
                .fact("Train RMSE", number(metrics.get("train.rmse")), series.unit())
                .fact("Persistence", number(metrics.get("persistence.test.rmse")), "test RMSE without a network")
                .fact(
                        "Training",
                        String.format(Locale.ROOT, "%.1f s", history.seconds()),
                        run.engine().title())
                .fact(
                        "Parity",
                        String.format(Locale.ROOT, "%.1e", parity.maxError()),
                        "ONNX Runtime against the engine")
                .section("Forecast against truth")
                .figure(ForecastChart.of("passengers [thousands]", series.start(), series.values())
                        .fitted(
                                "LSTM on the months it learnt from",
                                series.month(forecasts.lookBack()),
                                forecasts.onTrain())
                        .forecast("LSTM on the rest", series.month(forecasts.firstOfTest()), forecasts.onTest())
                        .baseline("persistence", series.month(forecasts.firstOfTest()), forecasts.persistence())
                        .future("the next " + FUTURE + " months", series.last().plusMonths(1), future(run))
                        .split(series.month(forecasts.split()))
                        .figure("One month ahead; beyond the last month each forecast is fed back as history."))
                .table(baselines(metrics))
                .section("Training")
                .figure(LineChart.of("epoch", "mean squared error, scaled")
                        .yScale(Scale.LOG)
                        .line("loss while training", history.losses())
                        .figure("Mean loss over each epoch's steps."))
                .section("How it was made")
                .verbatim(card.recipe().command())
                .write(run.folder().report());
    }

    private static double[] future(TrainingRun run) throws IOException {
        try (Forecaster forecaster = Forecaster.open(run.folder().model().resolve("model.onnx"), Device.cpu())) {
            return forecaster.forecast(FUTURE).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }

    private static Table baselines(Map<String, Double> metrics) {
        return Table.captioned("RMSE in thousand passengers, one month ahead")
                .text("forecast")
                .decimal("train", 2)
                .decimal("test", 2)
                .row("this LSTM", metrics.get("train.rmse"), metrics.get("test.rmse"))
                .row("the course's LSTM", 22.76, 50.21)
                .row(
                        "persistence: as last month",
                        metrics.get("persistence.train.rmse"),
                        metrics.get("persistence.test.rmse"))
                .row(
                        "AR(1): a line through the last month",
                        metrics.get("ar1.train.rmse"),
                        metrics.get("ar1.test.rmse"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
