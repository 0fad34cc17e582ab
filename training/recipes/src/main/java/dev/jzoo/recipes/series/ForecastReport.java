package dev.jzoo.recipes.series;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.series.Forecaster;
import dev.jzoo.recipes.Baselines;
import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.recipe.RunPage;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The page of a forecast's run: the forecast compared with truth and baselines, and the loss. */
final class ForecastReport {

    /** Smallest number of steps to forecast: a year of months. The number is that of a window if this is larger. */
    private static final int FUTURE = 12;

    /** Descriptions of the baselines, by the prefix of their metrics. */
    private static final Map<String, String> BASELINES = Map.of(
            Baselines.PERSISTENCE,
            "persistence: repeats the last value",
            Baselines.SEASONAL,
            "seasonal: repeats the value one window ago",
            "noise",
            "the noise itself, which no forecast can predict");

    private ForecastReport() {}

    static void add(Report report, RunPage page, Figure chart, List<SeriesForecast.PublishedScore> published) {
        ModelCard card = page.card();
        String unit = card.series().get(0).unit();
        report.fact("Test RMSE", number(page.metric("test.rmse")), unit)
                .fact("Train RMSE", number(page.metric("train.rmse")), unit)
                .fact(
                        "Persistence",
                        number(page.metric("persistence.test.rmse")),
                        "test RMSE of repeating the last value");
        report.section("Forecast and truth")
                .figure(chart)
                .table(baselines(card, published))
                .section("Training")
                .figures(
                        LineChart.ofEpochs("mean squared error, scaled")
                                .yScale(Scale.LOG)
                                .line(
                                        Role.TRAIN,
                                        "training loss",
                                        page.history().losses())
                                .line(Role.TEST, "test", page.history().metric("test.loss"))
                                .figure("Mean loss over the steps of each epoch, and loss on the test pairs after it."),
                        page.learningRate());
    }

    /** Continues the series with the model that the run has written. */
    static double[] future(TrainingRun run, int lookBack) throws IOException {
        try (Forecaster forecaster = Forecaster.open(run.folder().model().resolve("model.onnx"), Device.cpu())) {
            return forecaster.forecast(Math.max(FUTURE, lookBack)).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }

    private static Table baselines(ModelCard card, List<SeriesForecast.PublishedScore> published) {
        String unit = card.series().get(0).unit();
        int decimals = card.metrics().get("test.rmse") < 1 ? 4 : 2;
        Table table = Table.captioned("RMSE" + (unit.isEmpty() ? "" : " in " + unit) + ", one step ahead")
                .text("forecast")
                .decimal("train", decimals)
                .decimal("test", decimals);
        Map<String, Double> metrics = card.metrics();
        table.row("this network", metrics.get("train.rmse"), metrics.get("test.rmse"));
        published.forEach(other -> table.row(other.name(), other.train(), other.test()));
        metrics.keySet().stream()
                .filter(name -> name.endsWith(".test.rmse"))
                .map(name -> name.substring(0, name.indexOf('.')))
                .forEach(name ->
                        table.row(words(name), metrics.get(name + ".train.rmse"), metrics.get(name + ".test.rmse")));
        return table;
    }

    /** Describes a baseline: "ar12" as "AR(12): a linear function of the last 12 values". */
    private static String words(String baseline) {
        if (baseline.matches("ar\\d+")) {
            String order = baseline.substring(2);
            return "AR(" + order + "): a linear function of the last "
                    + (order.equals("1") ? "value" : order + " values");
        }
        return BASELINES.getOrDefault(baseline, baseline);
    }

    private static String number(double value) {
        return Numerals.decimal(value, value < 1 ? 4 : 2);
    }
}
