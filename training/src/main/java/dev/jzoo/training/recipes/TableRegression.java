package dev.jzoo.training.recipes;

import dev.jzoo.datasets.Table;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.ValuesInput;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.fit.Examples;
import dev.jzoo.training.fit.Learner;
import dev.jzoo.training.fit.Plan;
import dev.jzoo.training.fit.SavedNetwork;
import dev.jzoo.training.fit.Selection;
import dev.jzoo.training.fit.TrainingLoop;
import dev.jzoo.training.net.Network;
import dev.jzoo.zoo.ModelCard;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Sha256;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recipe of a network that predicts one column of a table from others, measured beside linear regression. A recipe of this
 * family says which table, which network and how it learns; the rest is the same for all.
 */
abstract class TableRegression implements Recipe {

    /** The table in two parts, the same for every seed of the weights. */
    abstract Table.Split split(Store store, ProgressListener listener) throws IOException;

    /** Which columns are read, and which is predicted. */
    abstract ModelCard.Columns columns();

    /** From [columns] to one value. */
    abstract Network network();

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract Words words();

    /** How the table is split, in words. */
    abstract String preparation();

    /** Three rows that may be published as test vectors. */
    abstract float[][] samples();

    @Override
    public final Headline headline() {
        return new Headline("test.r2", Better.HIGHER);
    }

    /** Mean and deviation of each column that is read, over the rows to train on. */
    private record Standard(List<Float> mean, List<Float> deviation) {

        static Standard of(double[][] rows) {
            List<Float> mean = new ArrayList<>();
            List<Float> deviation = new ArrayList<>();
            for (int c = 0; c < rows[0].length; c++) {
                int column = c;
                double average = Arrays.stream(rows)
                        .mapToDouble(row -> row[column])
                        .average()
                        .orElseThrow();
                double variance = Arrays.stream(rows)
                        .mapToDouble(row -> (row[column] - average) * (row[column] - average))
                        .average()
                        .orElseThrow();
                mean.add((float) average);
                deviation.add((float) Math.sqrt(variance));
            }
            return new Standard(mean, deviation);
        }

        float apply(double value, int column) {
            return (float) ((value - mean.get(column)) / deviation.get(column));
        }
    }

    @Override
    public final TrainingResult train(TrainingRun run) throws IOException {
        long start = System.nanoTime();
        run.engine().requireSupport(network());
        Table.Split split = split(run.store(), run.listener().downloads());
        run.engine().start(run.compute(), 1);
        RecipeFile recipe = recipeFile(run, split);
        Sha256 digest = run.folder().writeRecipe(recipe);
        Standard standard = standard(split);
        Plan plan = plan(run.hyperparameters());
        Examples examples = examples(
                split.train(), run.hyperparameters().limited(split.train().size()), standard);
        Examples unseen = examples(split.test(), split.test().size(), standard);
        try (Learner learner = run.learner(network(), examples, plan)) {
            History history = TrainingLoop.run(
                    learner,
                    plan,
                    run,
                    Selection.last(),
                    () -> Map.of("test.r2", Baselines.r2(doubles(learner.predict(unseen)), truth(split.test()))));
            OnnxExporter exporter = exporter(learner.network(), standard);
            return new Delivery(run, start, card(recipe, digest)).of(exporter, model -> {
                TableReport.Predictions predictions = new TableReport.Predictions(
                        truth(split.train()),
                        predict(model, split.train()),
                        truth(split.test()),
                        predict(model, split.test()));
                return Delivery.Measured.of(
                        model,
                        metrics(model, split),
                        testVectors(),
                        (card, exported) -> TableReport.write(
                                new RunPage(
                                        run,
                                        card,
                                        history,
                                        exported.report().parity(),
                                        TrainingOutline.of(network().outline(), plan, recipe, "none")),
                                predictions));
            });
        }
    }

    @Override
    public final SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener)
            throws IOException {
        return metrics(model, split(store, listener));
    }

    @Override
    public final TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile recipe = run.recipe();
        Engine engine = Engine.of(recipe.engine());
        engine.start(Compute.standard(), 1);
        Standard standard = standard(split(store, listener));
        SavedNetwork saved = engine.load(network(), run.weights());
        return new TrainedNetwork(recipe, exporter(saved.network(), standard), saved::close);
    }

    /** Of the model, and of the linear function that fits the training rows best. */
    private SortedMap<String, Double> metrics(OnnxModel model, Table.Split split) {
        LeastSquares line = LeastSquares.fit(inputs(split.train()), truth(split.train()));
        SortedMap<String, Double> metrics = new TreeMap<>();
        put(metrics, "train", predict(model, split.train()), split.train());
        put(metrics, "test", predict(model, split.test()), split.test());
        put(metrics, "linear.train", line.predict(inputs(split.train())), split.train());
        put(metrics, "linear.test", line.predict(inputs(split.test())), split.test());
        return metrics;
    }

    private void put(SortedMap<String, Double> metrics, String name, double[] predicted, Table rows) {
        metrics.put(name + ".r2", Baselines.r2(predicted, truth(rows)));
        metrics.put(name + ".rmse", Baselines.rmse(predicted, truth(rows)));
    }

    private double[][] inputs(Table rows) {
        return rows.columns(columns().features());
    }

    private double[] truth(Table rows) {
        return rows.column(columns().target());
    }

    private Standard standard(Table.Split split) {
        return Standard.of(inputs(split.train()));
    }

    private Examples examples(Table rows, int count, Standard standard) {
        double[][] inputs = inputs(rows);
        double[] truth = truth(rows);
        int width = columns().features().size();
        float[] values = new float[count * width];
        float[] targets = new float[count];
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < width; column++) {
                values[row * width + column] = standard.apply(inputs[row][column], column);
            }
            targets[row] = (float) truth[row];
        }
        return Examples.numbers(values, targets, 1, network().input());
    }

    private OnnxExporter exporter(Object network, Standard standard) {
        return OnnxExporter.of(network)
                .input("row", DataType.FLOAT, Dim.batchOf(network().input()))
                .before(ValuesInput.standardised("features", standard.mean(), standard.deviation()))
                .outputs("prediction");
    }

    private double[] predict(OnnxModel model, Table rows) {
        double[][] inputs = inputs(rows);
        int width = columns().features().size();
        float[] values = new float[inputs.length * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) inputs[i / width][i % width];
        }
        Tensor given = Tensor.of(values, inputs.length, width);
        return model.run(Map.of("features", given)).get("prediction").numbers();
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    private List<Tensor> testVectors() {
        return Arrays.stream(samples())
                .map(row -> Tensor.of(row, 1, row.length))
                .toList();
    }

    private RecipeFile recipeFile(TrainingRun run, Table.Split split) {
        Plan plan = plan(run.hyperparameters());
        return new RecipeFile(
                id(),
                run.engine().id(),
                run.engine().version(),
                network().toString(),
                "by the seed, the same in every engine: " + Network.INITIALISATION,
                plan.describe(),
                plan.objective().toString(),
                run.hyperparameters(),
                preparation()
                        + "; columns standardised by mean and deviation of the training rows; the order of each epoch is"
                        + " a permutation by seed and epoch",
                List.of(split.train().provenance()));
    }

    private ModelCard card(RecipeFile recipe, Sha256 digest) {
        return words().card(this, recipe, digest, Task.TABULAR_REGRESSION, List.of(), List.of())
                .withColumns(columns());
    }
}
