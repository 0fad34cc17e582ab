package dev.jzoo.training.recipes;

import dev.jzoo.datasets.LookBack;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.SeriesInput;
import dev.jzoo.export.SeriesScale;
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
import dev.jzoo.training.report.Figure;
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
 * The recipe of a recurrent network that continues a series: from a window of its last values to the next one. A recipe of
 * this family says which series, how it is cut and scaled, which network, and how it learns; the rest is the same for all.
 */
abstract class SeriesForecast implements Recipe {

    /** Last values of the series that the card has at least, so that the model can continue it. */
    private static final int HISTORY = 24;

    /**
     * What the model says of the values that are known, one step ahead.
     *
     * @param onTrain forecasts of the training pairs
     * @param onTest forecasts of the test pairs
     * @param future what it says of the values behind the last one that is known, each forecast fed back
     */
    record Forecasts(SeriesParts parts, double[] onTrain, double[] onTest, double[] future) {

        /** The test part with last value = next value. */
        double[] persistence() {
            int before = parts.firstOfTest() - 1;
            return Arrays.copyOfRange(parts.values(), before, before + onTest.length);
        }
    }

    /** A published result to compare with, in the unit of the series. */
    record Published(String name, double train, double test) {}

    abstract SeriesParts parts();

    abstract Provenance provenance();

    /** Unit of a value, and where its end is in time: without the values. */
    abstract ModelCard.Series end();

    /** From [values at a step, steps] to one value. */
    abstract Network network();

    abstract SeriesScale scale(SeriesParts parts);

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract Words words();

    /** How the series is cut and scaled, in words. */
    abstract String preparation();

    /** Forecasts against truth. */
    abstract Figure chart(Forecasts forecasts);

    /** Results of others on the same pairs; none if not said. */
    List<Published> published() {
        return List.of();
    }

    /** Further errors that a model is compared with, by name: "sine.test.rmse"; none if not said. */
    SortedMap<String, Double> references(SeriesParts parts) {
        return new TreeMap<>();
    }

    @Override
    public final Headline headline() {
        return new Headline("test.rmse", Better.LOWER);
    }

    @Override
    public final TrainingResult train(TrainingRun run) throws IOException {
        long start = System.nanoTime();
        run.engine().requireSupport(network());
        run.engine().start(run.compute(), 1);
        SeriesParts parts = parts();
        SeriesScale scale = scale(parts);
        RecipeFile recipe = recipeFile(run);
        Sha256 digest = run.folder().writeRecipe(recipe);
        int limit = run.hyperparameters().limited(parts.train().size());
        Examples train = examples(parts.train(), limit, scale, run.engine());
        Examples test = examples(parts.test(), parts.test().size(), scale, run.engine());
        Plan plan = plan(run.hyperparameters());
        try (Learner learner = run.learner(network(), train, plan)) {
            History history = TrainingLoop.run(
                    learner, plan, run, Selection.last(), () -> Map.of("test.loss", loss(learner, test)));
            OnnxExporter exporter = exporter(run.engine(), learner.network(), parts);
            return new Delivery(run, start, card(recipe, digest, parts)).of(exporter, model -> {
                SortedMap<String, Double> metrics = metrics(model, parts);
                metrics.put("loss.first", history.epochs().get(0).loss());
                metrics.put("loss.last", history.last().loss());
                double[] onTrain = predict(model, parts.train());
                double[] onTest = predict(model, parts.test());
                return Delivery.Measured.of(
                        model,
                        metrics,
                        testVectors(parts),
                        (card, exported) -> ForecastReport.write(
                                new RunPage(
                                        run,
                                        card,
                                        history,
                                        exported.report().parity(),
                                        TrainingOutline.of(network().outline(), plan, recipe, "none")),
                                chart(new Forecasts(
                                        parts, onTrain, onTest, ForecastReport.future(run, parts.lookBack()))),
                                published()));
            });
        }
    }

    @Override
    public final SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener) {
        return metrics(model, parts());
    }

    @Override
    public final TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile recipe = run.recipe();
        Engine engine = Engine.of(recipe.engine());
        engine.start(Compute.standard(), 1);
        SavedNetwork saved = engine.load(network(), run.weights());
        return new TrainedNetwork(recipe, exporter(engine, saved.network(), parts()), saved::close);
    }

    private SortedMap<String, Double> metrics(OnnxModel model, SeriesParts parts) {
        SortedMap<String, Double> metrics = Baselines.of(parts.train(), parts.test());
        metrics.putAll(references(parts));
        metrics.put(
                "train.rmse",
                Baselines.rmse(predict(model, parts.train()), parts.train().targets()));
        metrics.put(
                "test.rmse",
                Baselines.rmse(predict(model, parts.test()), parts.test().targets()));
        return metrics;
    }

    private static double loss(Learner learner, Examples examples) {
        float[] predicted = learner.predict(examples);
        float[] inputs = new float[examples.size() * examples.inputSize()];
        float[] targets = new float[examples.size()];
        examples.read(ascending(examples.size()), 0, examples.size(), 0, inputs, targets);
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum += (predicted[i] - targets[i]) * (predicted[i] - targets[i]);
        }
        return sum / targets.length;
    }

    private static int[] ascending(int count) {
        int[] indices = new int[count];
        Arrays.setAll(indices, i -> i);
        return indices;
    }

    private OnnxExporter exporter(Engine engine, Object network, SeriesParts parts) {
        SeriesScale scale = scale(parts);
        int perStep = (int) network().input()[0];
        SeriesInput.Layout layout =
                isTimeFirst(engine) ? SeriesInput.Layout.TIME_FIRST : SeriesInput.Layout.FEATURES_FIRST;
        return OnnxExporter.of(network)
                .input("sequence", DataType.FLOAT, Dim.batchOf(engine.inputShape(network())))
                .before(new SeriesInput(parts.lookBack(), perStep, scale, layout))
                .after(scale.unscaled("forecast"));
    }

    private static boolean isTimeFirst(Engine engine) {
        return engine.sequenceLayout() == Engine.SequenceLayout.TIME_FIRST;
    }

    /** Scaled windows, cut into steps: by step where the engine reads time first, else by place within the steps. */
    private Examples examples(LookBack pairs, int count, SeriesScale scale, Engine engine) {
        int lookBack = pairs.lookBack();
        int perStep = (int) network().input()[0];
        int steps = lookBack / perStep;
        float[] inputs = new float[count * lookBack];
        float[] targets = new float[count];
        for (int pair = 0; pair < count; pair++) {
            double[] window = pairs.input(pair);
            for (int i = 0; i < lookBack; i++) {
                int place = isTimeFirst(engine) ? i : i % perStep * steps + i / perStep;
                inputs[pair * lookBack + place] = (float) scale.scale(window[i], window);
            }
            targets[pair] = (float) scale.scale(pairs.target(pair), window);
        }
        return Examples.numbers(inputs, targets, 1, engine.inputShape(network()));
    }

    private static double[] predict(OnnxModel model, LookBack pairs) {
        Tensor history = Tensor.of(floats(pairs.inputs()), pairs.size(), pairs.lookBack());
        return model.run(Map.of("history", history)).get("forecast").numbers();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static List<Tensor> testVectors(SeriesParts parts) {
        List<Tensor> vectors = new ArrayList<>();
        for (double[] window : parts.samples()) {
            vectors.add(Tensor.of(floats(window), 1, window.length));
        }
        return vectors;
    }

    private RecipeFile recipeFile(TrainingRun run) {
        Plan plan = plan(run.hyperparameters());
        return new RecipeFile(
                id(),
                run.engine().id(),
                run.engine().version(),
                network().toString(),
                "by the seed, the same in every engine: " + Network.INITIALISATION,
                plan.describe(),
                "mean squared error of scaled values",
                run.hyperparameters(),
                preparation() + "; the order of each epoch is a permutation by seed and epoch",
                List.of(provenance()));
    }

    private ModelCard card(RecipeFile recipe, Sha256 digest, SeriesParts parts) {
        double[] values = parts.values();
        int history = Math.max(HISTORY, 2 * parts.lookBack());
        List<Double> last = Arrays.stream(values, values.length - history, values.length)
                .boxed()
                .toList();
        List<String> tags = new ArrayList<>(List.of("time-series"));
        tags.addAll(words().tags());
        ModelCard.Series end = end();
        return new Words(words().summary(), tags, words().limits())
                .card(
                        this,
                        recipe,
                        digest,
                        Task.TIME_SERIES_FORECASTING,
                        List.of(),
                        List.of(new ModelCard.Series(end.unit(), end.step(), end.last(), last)));
    }
}
