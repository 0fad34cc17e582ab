package dev.jzoo.training.recipes;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.ValuesInput;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.ClassifierScores;
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
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recipe of a network that says which class a signal belongs to. A recipe of this family says which signals, which
 * network and how it learns; the rest is the same for all.
 */
abstract class SignalClassification implements Recipe {

    /** Signals to learn from. */
    abstract LabelledSignals train();

    /** Signals to measure on. */
    abstract LabelledSignals test();

    /** Three signals that are in neither, as test vectors. */
    abstract LabelledSignals samples();

    /** From [length] or [1, length] to a value for each class. */
    abstract Network network();

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract Words words();

    /** Published share of test signals that a network of this kind gets right. */
    abstract double published();

    @Override
    public final Headline headline() {
        return new Headline("test.accuracy", Better.HIGHER);
    }

    @Override
    public final TrainingResult train(TrainingRun run) throws IOException {
        long start = System.nanoTime();
        run.engine().requireSupport(network());
        run.engine().start(run.compute(), 1);
        LabelledSignals train = train();
        LabelledSignals test = test();
        RecipeFile recipe = recipeFile(run, train, test);
        Sha256 digest = run.folder().writeRecipe(recipe);
        Plan plan = plan(run.hyperparameters());
        LabelledSignals learnt = train.range(0, run.hyperparameters().limited(train.size()));
        Examples examples = examples(learnt, run.engine());
        Examples unseen = examples(test, run.engine());
        try (Learner learner = run.learner(network(), examples, plan)) {
            History history = TrainingLoop.run(
                    learner,
                    plan,
                    run,
                    Selection.last(),
                    () -> Map.of(
                            "train.accuracy", ClassifierScores.accuracy(learner.predict(examples), learnt.labels()),
                            "test.accuracy", ClassifierScores.accuracy(learner.predict(unseen), test.labels())));
            OnnxExporter exporter = exporter(run.engine(), learner.network());
            return new Delivery(run, start, card(recipe, digest, train)).of(exporter, model -> {
                ClassifierScores scores = ClassifierScores.of(model, test);
                return Delivery.Measured.of(
                        model,
                        metrics(model, train, scores),
                        tensors(samples()),
                        (card, exported) -> SignalReport.write(
                                new RunPage(
                                        run,
                                        card,
                                        history,
                                        exported.report().parity(),
                                        TrainingOutline.of(network().outline(), plan, recipe, "none")),
                                scores,
                                test,
                                published()));
            });
        }
    }

    @Override
    public final SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener) {
        return metrics(model, train(), ClassifierScores.of(model, test()));
    }

    @Override
    public final TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile recipe = run.recipe();
        Engine engine = Engine.of(recipe.engine());
        engine.start(Compute.standard(), 1);
        SavedNetwork saved = engine.load(network(), run.weights());
        return new TrainedNetwork(recipe, exporter(engine, saved.network()), saved::close);
    }

    private static SortedMap<String, Double> metrics(OnnxModel model, LabelledSignals train, ClassifierScores test) {
        return new TreeMap<>(Map.of(
                "train.accuracy", ClassifierScores.of(model, train).accuracy(),
                "test.accuracy", test.accuracy()));
    }

    private Examples examples(LabelledSignals signals, Engine engine) {
        return Examples.classes(signals.toFloats(), signals.labels(), engine.inputShape(network()));
    }

    /** A network that ends in logits gets a softmax. */
    private OnnxExporter exporter(Engine engine, Object network) {
        long[] shape = engine.inputShape(network());
        OnnxExporter exporter = OnnxExporter.of(network)
                .input("sequence", DataType.FLOAT, Dim.batchOf(shape))
                .before(ValuesInput.plain("signal", train().length(), shape));
        return engine.classOutput() == Engine.ClassOutput.LOGITS
                ? exporter.after(Postprocessing.softmax("probabilities"))
                : exporter.outputs("probabilities");
    }

    private static List<Tensor> tensors(LabelledSignals signals) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < signals.size(); i++) {
            tensors.add(Tensor.of(signals.range(i, i + 1).toFloats(), 1, signals.length()));
        }
        return tensors;
    }

    private RecipeFile recipeFile(TrainingRun run, LabelledSignals train, LabelledSignals test) {
        Plan plan = plan(run.hyperparameters());
        return new RecipeFile(
                id(),
                run.engine().id(),
                run.engine().version(),
                network() + " -> softmax",
                "by the seed, the same in every engine: " + Network.INITIALISATION,
                plan.describe(),
                plan.objective().toString(),
                run.hyperparameters(),
                "signals as they are; the order of each epoch is a permutation by seed and epoch",
                List.of(train.provenance(), test.provenance()));
    }

    private ModelCard card(RecipeFile recipe, Sha256 digest, LabelledSignals train) {
        return words().card(this, recipe, digest, Task.TABULAR_CLASSIFICATION, train.labelNames(), List.of());
    }
}
