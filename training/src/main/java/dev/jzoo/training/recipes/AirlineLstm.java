package dev.jzoo.training.recipes;

import dev.jzoo.datasets.Airline;
import dev.jzoo.datasets.LookBack;
import dev.jzoo.datasets.MinMaxScaler;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.Series;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.SeriesInput;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.ModelFolder;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.fit.EngineSetup;
import dev.jzoo.training.fit.Examples;
import dev.jzoo.training.fit.Learner;
import dev.jzoo.training.fit.Objective;
import dev.jzoo.training.fit.Optimizer;
import dev.jzoo.training.fit.Plan;
import dev.jzoo.training.fit.SavedNetwork;
import dev.jzoo.training.fit.Selection;
import dev.jzoo.training.fit.TrainingLoop;
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
 * An LSTM of 4 units that looks back one month on the airline passengers; the course has an RMSE of 22.76 on the first two
 * thirds, which it learns from, and 50.21 on the rest.
 */
public final class AirlineLstm implements Recipe {

    private static final int UNITS = 4;
    private static final int LOOK_BACK = 1;
    private static final double TRAIN_SHARE = 0.67;
    private static final int HISTORY = 24;

    @Override
    public String id() {
        return "airline-lstm";
    }

    @Override
    public String title() {
        return "LSTM with 4 units on monthly airline passengers";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(100, 1, 1e-3, 1);
    }

    @Override
    public Headline headline() {
        return new Headline("test.rmse", Better.LOWER);
    }

    /** The series cut as in the course: pairs within the first two thirds, and pairs within the rest. */
    private record Parts(Series series, int split, LookBack train, LookBack test) {

        static Parts of(Series series) {
            int split = (int) (series.size() * TRAIN_SHARE);
            return new Parts(
                    series,
                    split,
                    LookBack.windows(series.first(split).values(), LOOK_BACK),
                    LookBack.windows(series.after(split).values(), LOOK_BACK));
        }
    }

    @Override
    public TrainingResult train(TrainingRun run) throws IOException {
        long start = System.nanoTime();
        EngineSetup.start(run, 1);
        Parts parts = Parts.of(Airline.series());
        MinMaxScaler scaler = scaler(parts.series());
        RecipeFile recipe = recipeFile(run);
        Sha256 digest = run.folder().writeRecipe(recipe);
        Examples examples = examples(parts.train(), scaler, run.engine());
        Plan plan = Plan.of(Objective.meanSquaredError(), Optimizer.adam(), run.hyperparameters());
        try (Learner learner = LookBackLstm.learner(run, examples, UNITS, plan)) {
            History history = TrainingLoop.run(learner, plan, run, Selection.last(), Map::of);
            run.listener().stage("Exporting to ONNX and comparing with ONNX Runtime");
            ModelCard unmeasured = card(run, recipe, digest, parts.series());
            OnnxExporter.Exported exported = exporter(run.engine(), learner.network(), scaler)
                    .card(unmeasured)
                    .export();
            try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), id(), Device.cpu())) {
                SortedMap<String, Double> metrics = metrics(model, parts);
                metrics.put("loss.first", history.epochs().get(0).loss());
                metrics.put("loss.last", history.last().loss());
                ModelCard card = unmeasured.withMetrics(metrics);
                run.folder().writeMetrics(metrics);
                ModelFolder.write(run.folder(), exported.file(), card, testVectors(parts.series()));
                AirlineReport.Forecasts forecasts = new AirlineReport.Forecasts(
                        parts.series(),
                        parts.split(),
                        LOOK_BACK,
                        predict(model, parts.train()),
                        predict(model, parts.test()));
                AirlineReport.write(
                        run, card, history, forecasts, exported.report().parity());
                double seconds = (System.nanoTime() - start) / 1e9;
                return new TrainingResult(
                        run.folder().path(), card, exported.report().parity(), seconds);
            }
        }
    }

    @Override
    public SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener) {
        return metrics(model, Parts.of(Airline.series()));
    }

    private static SortedMap<String, Double> metrics(OnnxModel model, Parts parts) {
        SortedMap<String, Double> metrics =
                new TreeMap<>(Baselines.of(parts.train(), parts.test()).metrics());
        metrics.put(
                "train.rmse",
                Baselines.rmse(predict(model, parts.train()), parts.train().targets()));
        metrics.put(
                "test.rmse",
                Baselines.rmse(predict(model, parts.test()), parts.test().targets()));
        return metrics;
    }

    @Override
    public TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile recipe = run.recipe();
        EngineSetup.start(recipe.engine(), Compute.standard(), 1);
        SavedNetwork saved = LookBackLstm.saved(recipe.engine(), UNITS, LOOK_BACK, run.weights());
        OnnxExporter exporter = exporter(recipe.engine(), saved.network(), scaler(Airline.series()));
        return new TrainedNetwork(recipe, exporter, saved::close);
    }

    private static OnnxExporter exporter(Engine engine, Object network, MinMaxScaler scaler) {
        return OnnxExporter.of(network)
                .before(new SeriesInput(LOOK_BACK, scaler.min(), scaler.max(), layout(engine)))
                .after(Postprocessing.unscale("forecast", scaler.min(), scaler.max()));
    }

    /** As in the course the scale is taken from the whole series, the test part included. */
    private static MinMaxScaler scaler(Series series) {
        return MinMaxScaler.fit(series.values());
    }

    private static SeriesInput.Layout layout(Engine engine) {
        return engine == Engine.DJL ? SeriesInput.Layout.TIME_FIRST : SeriesInput.Layout.FEATURES_FIRST;
    }

    private static Examples examples(LookBack pairs, MinMaxScaler scaler, Engine engine) {
        float[] inputs = floats(scaler.scale(pairs.inputs()));
        float[] targets = floats(scaler.scale(pairs.targets()));
        return engine == Engine.DJL
                ? Examples.numbers(inputs, targets, 1, LOOK_BACK, 1)
                : Examples.numbers(inputs, targets, 1, 1, LOOK_BACK);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] predict(OnnxModel model, LookBack pairs) {
        Tensor history = Tensor.of(floats(pairs.inputs()), pairs.size(), pairs.lookBack());
        float[] forecast = model.run(Map.of("history", history)).get("forecast").floats();
        double[] values = new double[forecast.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = forecast[i];
        }
        return values;
    }

    private static List<Tensor> testVectors(Series series) {
        List<Tensor> vectors = new ArrayList<>();
        for (int index : new int[] {0, series.size() / 2, series.size() - 1}) {
            vectors.add(Tensor.of(new float[] {(float) series.values()[index]}, 1, LOOK_BACK));
        }
        return vectors;
    }

    private RecipeFile recipeFile(TrainingRun run) {
        Provenance data = Airline.provenance();
        return new RecipeFile(
                id(),
                run.engine(),
                EngineSetup.version(run.engine()),
                "1 value -> LSTM with " + UNITS + " units -> last state -> linear layer with bias -> 1 value",
                "by the seed, the same in every engine: input weights and linear layer Glorot uniform, recurrent weights"
                        + " orthogonal, biases 0 but the forget gate's 1",
                "Adam, beta 0.9 and 0.999, epsilon 1e-8",
                "mean squared error of scaled values",
                run.hyperparameters(),
                "min-max scaling to 0..1 over the whole series; pairs of look-back " + LOOK_BACK + " from the first "
                        + TRAIN_SHARE + " of the months; the order of each epoch is a permutation by seed and epoch",
                List.of(data));
    }

    private ModelCard card(TrainingRun run, RecipeFile recipe, Sha256 digest, Series series) {
        double[] values = series.values();
        List<Double> last = Arrays.stream(values, values.length - HISTORY, values.length)
                .boxed()
                .toList();
        return new ModelCard(
                id(),
                "1.0.0",
                title(),
                "Takes the passengers of a month, in thousands, as [batch, 1], and gives those of the next month, [batch, 1]."
                        + " Scaling is in the graph. RMSE is in thousand passengers, one month ahead.",
                Task.TIME_SERIES_FORECASTING,
                List.of(),
                List.of(new ModelCard.Series(series.unit(), "P1M", series.last().toString(), last)),
                recipe.forCard(digest),
                recipe.dataForCard(),
                new TreeMap<>(),
                "Apache-2.0",
                List.of("time-series", "lstm", run.engine().id()),
                List.of(
                        "It looks back one month, so it cannot know the season: on the test months, repeating the last"
                                + " month (persistence) is about as good.",
                        "The scale was taken from the whole series, as in the course; a real forecast could not."));
    }
}
