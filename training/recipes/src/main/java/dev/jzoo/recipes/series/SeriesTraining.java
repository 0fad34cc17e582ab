package dev.jzoo.recipes.series;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.training.Engine;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.recipe.LayeredNetwork;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.ModelDescription;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The training of a {@link SeriesForecast} on its series. */
record SeriesTraining(SeriesForecast recipe, SeriesParts parts, SeriesWindows windows) implements TrainingTask {

    /** Smallest number of last values in the card, so that the model can continue the series. */
    private static final int HISTORY = 24;

    @Override
    public List<Provenance> data() {
        return List.of(recipe.provenance());
    }

    @Override
    public String preparation(Engine engine) {
        return recipe.preparation() + "; the order of each epoch is a permutation by seed and epoch";
    }

    @Override
    public NetworkDesign network() {
        return LayeredNetwork.of(windows.network());
    }

    @Override
    public Plan plan(Hyperparameters settings) {
        return recipe.plan(settings);
    }

    @Override
    public String objective(Plan plan) {
        return "mean squared error of scaled values";
    }

    @Override
    public Examples examples(TrainingRun run) {
        int limit = run.hyperparameters().limited(parts.train().size());
        return windows.examples(parts.train(), limit, run.engine());
    }

    @Override
    public Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        Examples test = windows.examples(parts.test(), parts.test().size(), run.engine());
        return () -> Map.of("test.loss", loss(learner, test));
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

    @Override
    public Map<String, Double> learning(History history) {
        return Map.of(
                "loss.first",
                history.epochs().get(0).loss(),
                "loss.last",
                history.last().loss());
    }

    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        return OnnxExporter.of(network)
                .input("sequence", DataType.FLOAT, Dimension.batchOf(engine.inputShape(windows.network())))
                .before(windows.stage(engine))
                .after(windows.scale().unscaled(SeriesMeasurement.OUTPUT));
    }

    @Override
    public ModelDescription description() {
        double[] values = parts.values();
        int history = Math.max(HISTORY, 2 * parts.lookBack());
        List<Double> last = Arrays.stream(values, values.length - history, values.length)
                .boxed()
                .toList();
        ModelText words = recipe.words();
        List<String> tags = new ArrayList<>(List.of("time-series"));
        tags.addAll(words.tags());
        ModelCard.SeriesEnd end = recipe.end();
        return new ModelText(words.summary(), tags, words.limits())
                .forTask(Task.TIME_SERIES_FORECASTING)
                .withSeries(new ModelCard.SeriesEnd(end.unit(), end.step(), end.last(), last));
    }

    @Override
    public Measurement measure(OnnxModel model) {
        return SeriesMeasurement.of(model, recipe, parts);
    }

    @Override
    public List<Map<String, Tensor>> testVectors() {
        return Arrays.stream(parts.samples())
                .map(window -> SeriesMeasurement.input(window, 1, window.length))
                .toList();
    }
}
