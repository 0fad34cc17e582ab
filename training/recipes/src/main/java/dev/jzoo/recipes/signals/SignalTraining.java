package dev.jzoo.recipes.signals;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.ValuesInput;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.recipe.LayeredNetwork;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.ModelDescription;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The training of a {@link SignalClassification} on its signals. */
record SignalTraining(SignalClassification recipe, LabelledSignals train, LabelledSignals test)
        implements TrainingTask {

    /** Name of the file's input. */
    private static final String INPUT = "signal";

    @Override
    public List<Provenance> data() {
        return List.of(train.provenance(), test.provenance());
    }

    @Override
    public String preparation(Engine engine) {
        return "signals as they are; the order of each epoch is a permutation by seed and epoch";
    }

    @Override
    public NetworkDesign network() {
        return LayeredNetwork.of(recipe.network()).endingIn("softmax");
    }

    @Override
    public Plan plan(Hyperparameters settings) {
        return recipe.plan(settings);
    }

    @Override
    public Examples examples(TrainingRun run) {
        return examples(trained(run), run.engine());
    }

    private LabelledSignals trained(TrainingRun run) {
        return train.range(0, run.hyperparameters().limited(train.size()));
    }

    private Examples examples(LabelledSignals signals, Engine engine) {
        return Examples.classes(signals.toFloats(), signals.labels(), engine.inputShape(recipe.network()));
    }

    @Override
    public Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        LabelledSignals trained = trained(run);
        Examples unseen = examples(test, run.engine());
        return () -> Map.of(
                "train.accuracy", ClassifierScores.accuracy(learner.predict(learner.examples()), trained.labels()),
                "test.accuracy", ClassifierScores.accuracy(learner.predict(unseen), test.labels()));
    }

    /** Returns the exporter. A network that ends in logits gets a softmax. */
    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        long[] shape = engine.inputShape(recipe.network());
        OnnxExporter exporter = OnnxExporter.of(network)
                .input("sequence", DataType.FLOAT, Dimension.batchOf(shape))
                .before(ValuesInput.plain(INPUT, train.length(), shape));
        return engine.classOutput() == Engine.ClassOutput.LOGITS
                ? exporter.after(Postprocessing.softmax("probabilities"))
                : exporter.outputs("probabilities");
    }

    @Override
    public ModelDescription description() {
        return recipe.words().forTask(Task.TABULAR_CLASSIFICATION).withLabels(train.labelNames());
    }

    @Override
    public Measurement measure(OnnxModel model) {
        return new SignalMeasurement(
                ClassifierScores.of(model, train), ClassifierScores.of(model, test), test, recipe.published());
    }

    @Override
    public List<Map<String, Tensor>> testVectors() {
        LabelledSignals samples = recipe.samples();
        List<Map<String, Tensor>> vectors = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            float[] signal = samples.range(i, i + 1).toFloats();
            vectors.add(Map.of(INPUT, Tensor.of(signal, 1, samples.length())));
        }
        return vectors;
    }
}
