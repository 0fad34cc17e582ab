package dev.jzoo.recipes.series;

import dev.jzoo.datasets.preparation.LookBack;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.recipes.Baselines;
import dev.jzoo.report.Report;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.RunPage;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;

/**
 * The forecasts of the known values, one step ahead.
 *
 * @param onTrain forecasts of the training pairs
 * @param onTest forecasts of the test pairs
 */
record SeriesMeasurement(SeriesForecast recipe, SeriesParts parts, double[] onTrain, double[] onTest)
        implements Measurement {

    /** Name of the file's output. */
    static final String OUTPUT = "forecast";

    static SeriesMeasurement of(OnnxModel model, SeriesForecast recipe, SeriesParts parts) {
        return new SeriesMeasurement(recipe, parts, predict(model, parts.train()), predict(model, parts.test()));
    }

    private static double[] predict(OnnxModel model, LookBack pairs) {
        return model.run(input(pairs.inputs(), pairs.size(), pairs.lookBack()))
                .get(OUTPUT)
                .numbers();
    }

    /** Returns windows as the file's input: [count, lookBack]. */
    static Map<String, Tensor> input(double[] windows, int count, int lookBack) {
        float[] values = new float[windows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) windows[i];
        }
        return Map.of("history", Tensor.of(values, count, lookBack));
    }

    /** Returns the metrics of the model and of the baselines. */
    @Override
    public SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics = Baselines.of(parts.train(), parts.test());
        metrics.putAll(recipe.references(parts));
        metrics.put("train.rmse", Baselines.rmse(onTrain, parts.train().targets()));
        metrics.put("test.rmse", Baselines.rmse(onTest, parts.test().targets()));
        return metrics;
    }

    @Override
    public void page(Report report, RunPage page) throws IOException {
        double[] future = ForecastReport.future(page.run(), parts.lookBack());
        Forecasts forecasts = new Forecasts(parts, onTrain, onTest, future);
        ForecastReport.add(report, page, recipe.chart(forecasts), recipe.published());
    }
}
