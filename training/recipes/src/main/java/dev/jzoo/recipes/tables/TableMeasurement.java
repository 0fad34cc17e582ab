package dev.jzoo.recipes.tables;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.numerics.LeastSquares;
import dev.jzoo.recipes.Baselines;
import dev.jzoo.report.Report;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.RunPage;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The predictions of a model for the rows of a table.
 *
 * @param onTrain predictions for the training rows
 * @param onTest predictions for the test rows
 */
record TableMeasurement(TableRows train, TableRows test, double[] onTrain, double[] onTest) implements Measurement {

    /** Name of the file's output. */
    static final String OUTPUT = "prediction";

    static TableMeasurement of(OnnxModel model, TableRows train, TableRows test) {
        return new TableMeasurement(train, test, predict(model, train), predict(model, test));
    }

    private static double[] predict(OnnxModel model, TableRows rows) {
        return model.run(Map.of(TableRows.INPUT, rows.tensor())).get(OUTPUT).numbers();
    }

    /** Returns the metrics of the model, and of the linear function that fits the training rows best. */
    @Override
    public SortedMap<String, Double> metrics() {
        LeastSquares line = LeastSquares.fit(train.inputs(), train.truth());
        SortedMap<String, Double> metrics = new TreeMap<>();
        put(metrics, "train", onTrain, train);
        put(metrics, "test", onTest, test);
        put(metrics, "linear.train", line.predict(train.inputs()), train);
        put(metrics, "linear.test", line.predict(test.inputs()), test);
        return metrics;
    }

    private static void put(SortedMap<String, Double> metrics, String name, double[] predicted, TableRows rows) {
        metrics.put(name + ".r2", Baselines.r2(predicted, rows.truth()));
        metrics.put(name + ".rmse", Baselines.rmse(predicted, rows.truth()));
    }

    @Override
    public void page(Report report, RunPage page) {
        TableReport.add(report, page, new TableReport.Predictions(train.truth(), onTrain, test.truth(), onTest));
    }
}
