package dev.jzoo.training.recipes;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.ProceduralDigits;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.PixelInput;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.ClassifierScores;
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
import dev.jzoo.training.fit.SavedNetwork;
import dev.jzoo.training.fit.TrainingLoop;
import dev.jzoo.zoo.ModelCard;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Sha256;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Softmax regression from 784 pixels to ten digits: the shape of every classifier's recipe. */
abstract class DigitsLogistic implements Recipe {

    private static final int TEST_VECTORS = 3;
    private static final int PIXELS = 784;
    private static final int CLASSES = 10;

    /** Pictures to learn from and pictures to be measured on. */
    record Digits(LabelledImages train, LabelledImages test) {}

    /** Where the pictures come from. */
    abstract Digits digits(Store store, ProgressListener listener) throws IOException;

    /** What a user of the model must know. */
    abstract List<String> limits();

    @Override
    public final Hyperparameters defaults() {
        return new Hyperparameters(20, 100, 0.1, 1);
    }

    @Override
    public final Headline headline() {
        return new Headline("test.accuracy", Better.HIGHER);
    }

    @Override
    public final TrainingResult train(TrainingRun run) throws IOException {
        long start = System.nanoTime();
        Digits digits = digits(run.store(), run.listener().downloads());
        EngineSetup.start(run.engine(), 1);
        Sha256 recipe = run.folder().writeRecipe(recipeFile(run, digits));
        Examples train = examples(digits.train());
        Examples test = examples(digits.test());
        try (Learner learner = SoftmaxRegression.learner(run.engine(), train, CLASSES, run.hyperparameters())) {
            History history = TrainingLoop.run(
                    learner,
                    train.size(),
                    run,
                    () -> Map.of(
                            "train.accuracy",
                                    ClassifierScores.accuracy(
                                            learner.predict(train),
                                            digits.train().labels()),
                            "test.accuracy",
                                    ClassifierScores.accuracy(
                                            learner.predict(test), digits.test().labels())));
            run.listener().stage("Exporting to ONNX and comparing with ONNX Runtime");
            ModelCard unmeasured = card(run, recipeFile(run, digits), recipe, digits);
            OnnxExporter.Exported exported =
                    exporter(run.engine(), learner.network()).card(unmeasured).export();
            run.listener().stage("Measuring through ONNX Runtime");
            try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), id(), Device.cpu())) {
                ClassifierScores scores = ClassifierScores.of(model, digits.test());
                SortedMap<String, Double> metrics = metrics(model, digits.train(), scores);
                ModelCard card = unmeasured.withMetrics(metrics);
                run.folder().writeMetrics(metrics);
                ModelFolder.write(run.folder(), exported.file(), card, testVectors());
                DigitsReport.write(
                        run,
                        card,
                        history,
                        scores,
                        digits.test(),
                        exported.report().parity());
                double seconds = (System.nanoTime() - start) / 1e9;
                return new TrainingResult(
                        run.folder().path(), card, exported.report().parity(), seconds);
            }
        }
    }

    @Override
    public final SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener)
            throws IOException {
        Digits digits = digits(store, listener);
        return metrics(model, digits.train(), ClassifierScores.of(model, digits.test()));
    }

    private static SortedMap<String, Double> metrics(OnnxModel model, LabelledImages train, ClassifierScores test)
            throws IOException {
        return new TreeMap<>(Map.of(
                "test.accuracy",
                test.accuracy(),
                "train.accuracy",
                ClassifierScores.of(model, train).accuracy()));
    }

    @Override
    public final TrainedNetwork restore(RunFolder run) throws IOException {
        RecipeFile recipe = run.recipe();
        EngineSetup.start(recipe.engine(), 1);
        SavedNetwork saved = SoftmaxRegression.saved(recipe.engine(), PIXELS, CLASSES, run.lastCheckpoint());
        return new TrainedNetwork(recipe, exporter(recipe.engine(), saved.network()), saved::close);
    }

    /** DJL's network ends in logits, DL4J's in its own softmax. One that DJL has loaded no longer knows its input's axes. */
    private static OnnxExporter exporter(Engine engine, Object network) {
        OnnxExporter exporter = OnnxExporter.of(network)
                .input("pixels", DataType.FLOAT, Dim.batchOf(PIXELS))
                .before(PixelInput.unit(28, 28, 1, PixelInput.Layout.FLAT));
        return engine == Engine.DJL
                ? exporter.after(Postprocessing.softmax("probabilities"))
                : exporter.outputs("probabilities");
    }

    private static Examples examples(LabelledImages images) {
        ByteBuffer pixels = images.pixels();
        float[] inputs = new float[pixels.remaining()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Byte.toUnsignedInt(pixels.get()) / 255f;
        }
        return Examples.classes(inputs, images.labels(), images.valuesPerImage());
    }

    /** Pictures that JZoo draws itself, since the data set's own are not ours to publish. */
    private static List<Tensor> testVectors() {
        LabelledImages drawn = ProceduralDigits.generate(TEST_VECTORS, 7);
        List<Tensor> vectors = new ArrayList<>();
        for (int i = 0; i < TEST_VECTORS; i++) {
            vectors.add(Tensor.ofBytes(drawn.image(i), 1, 28, 28, 1));
        }
        return vectors;
    }

    private RecipeFile recipeFile(TrainingRun run, Digits digits) {
        return new RecipeFile(
                id(),
                run.engine(),
                EngineSetup.version(run.engine()),
                "784 pixels -> linear layer with bias -> 10 logits -> softmax",
                "weights: Glorot uniform by the seed, the same in every engine; bias: 0",
                "stochastic gradient descent without momentum",
                "cross-entropy",
                run.hyperparameters(),
                "pixels divided by 255; the order of each epoch is a permutation by seed and epoch",
                List.of(digits.train().provenance(), digits.test().provenance()));
    }

    private ModelCard card(TrainingRun run, RecipeFile recipe, Sha256 digest, Digits digits) {
        return new ModelCard(
                id(),
                "1.0.0",
                title(),
                "Takes grey 28 x 28 pictures of digits, white on black, as unsigned bytes [batch, 28, 28, 1], and gives the"
                        + " probability of each digit, [batch, 10]. The network is one linear layer with a softmax;"
                        + " scaling the pixels to 0..1 is in the graph.",
                Task.IMAGE_CLASSIFICATION,
                digits.train().labelNames(),
                List.of(),
                recipe.forCard(digest),
                recipe.dataForCard(),
                new TreeMap<>(),
                "Apache-2.0",
                List.of("digits", "softmax-regression", run.engine().id()),
                limits());
    }
}
