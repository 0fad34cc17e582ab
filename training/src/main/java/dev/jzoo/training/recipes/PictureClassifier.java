package dev.jzoo.training.recipes;

import dev.jzoo.datasets.Augmentation;
import dev.jzoo.datasets.ChannelStatistics;
import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.PixelInput;
import dev.jzoo.export.Postprocessing;
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
import dev.jzoo.training.fit.PictureExamples;
import dev.jzoo.training.fit.Plan;
import dev.jzoo.training.fit.SavedNetwork;
import dev.jzoo.training.fit.Selection;
import dev.jzoo.training.fit.TrainingLoop;
import dev.jzoo.training.net.Network;
import dev.jzoo.training.report.ModelOutline;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The recipe of a network that says what a picture shows. A recipe of this family says which pictures, which network and
 * how it learns; the rest is the same for all.
 */
abstract class PictureClassifier implements Recipe {

    /** Values of examples that DJL may hold at once; more are read batch by batch. */
    private static final long RESIDENT = 50_000_000;

    /**
     * The pictures of a recipe, by what they are for.
     *
     * @param train to learn from
     * @param measured to measure on, by name, the test pictures as "test" among them
     */
    record Pictures(LabelledImages train, SortedMap<String, LabelledImages> measured) {

        static Pictures of(LabelledImages train, LabelledImages test) {
            return new Pictures(train, new TreeMap<>(Map.of("test", test)));
        }

        /** Where all of them come from, each source once. */
        List<Provenance> provenances() {
            return Stream.concat(Stream.of(train), measured.values().stream())
                    .map(LabelledImages::provenance)
                    .distinct()
                    .toList();
        }

        LabelledImages test() {
            return measured.get("test");
        }
    }

    /** Where the pictures come from. */
    abstract Pictures pictures(Store store, ProgressListener listener) throws IOException;

    /** The pictures that the model of a card was made with; those of {@link #pictures(Store, ProgressListener)} if not said. */
    Pictures pictures(ModelCard card, Store store, ProgressListener listener) throws IOException {
        return pictures(store, listener);
    }

    /** From [channels, height, width], or all values in one axis, to a value for each class. */
    abstract Network network();

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract Words words();

    /** Three pictures that may be published as test vectors: the data set's own are not ours to publish. */
    abstract LabelledImages testVectors();

    /** Changes to the pictures that it learns from; none if not said. */
    Augmentation augmentation() {
        return Augmentation.none();
    }

    /** What pixels are standardised by; 0 to 1 if not said. */
    ChannelStatistics statistics(LabelledImages train) {
        return ChannelStatistics.unit(train.channels());
    }

    /** Which epoch's weights become the model; the last one's if not said. */
    Selection selection() {
        return Selection.last();
    }

    /** Threads that share the work of an operation; all processors if not said. */
    int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** How precisely the file stores weights; as they were trained if not said. */
    Weights weights() {
        return Weights.SINGLE;
    }

    /** Pictures of each part that each epoch is measured on, the first ones, so that measuring stays cheaper than training. */
    int watched() {
        return 10_000;
    }

    /** Precision of the weights in a file. */
    enum Weights {
        SINGLE(""),
        /** Rounded after the training, for a network whose file would be large. */
        HALF("; weights rounded to half precision after the training");

        private final String note;

        Weights(String note) {
            this.note = note;
        }
    }

    @Override
    public final Headline headline() {
        return new Headline("test.accuracy", Better.HIGHER);
    }

    @Override
    public final TrainingResult train(TrainingRun run) throws IOException {
        long start = System.nanoTime();
        Pictures pictures = pictures(run.store(), run.listener().downloads());
        run.engine().start(run.compute(), threads());
        RecipeFile recipe = recipeFile(run, pictures);
        Sha256 digest = run.folder().writeRecipe(recipe);
        ChannelStatistics statistics = statistics(pictures.train());
        Plan plan = plan(run.hyperparameters());
        try (Learner learner = run.learner(network(), examples(run, pictures.train(), statistics), plan)) {
            Map<String, LabelledImages> watched = watched(pictures);
            Map<String, Examples> unchanged = new TreeMap<>();
            watched.forEach((name, images) -> unchanged.put(name, unchanged(images, statistics)));
            History history =
                    TrainingLoop.run(learner, plan, run, selection(), () -> accuracies(learner, watched, unchanged));
            OnnxExporter exporter = exporter(run.engine(), learner.network(), pictures.train(), statistics);
            return new Delivery(run, start, card(recipe, digest, pictures)).of(exporter, model -> {
                Map<String, ClassifierScores> scores = scores(model, pictures);
                return Delivery.Measured.of(
                        model,
                        metrics(scores),
                        tensors(testVectors()),
                        (card, exported) -> PictureReport.write(
                                new RunPage(
                                        run, card, history, exported.report().parity(), outline(plan, recipe)),
                                scores.get("test"),
                                pictures.test(),
                                exported.file()));
            });
        }
    }

    @Override
    public final SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener)
            throws IOException {
        Optional<ModelCard> card = model.card();
        Pictures pictures = card.isPresent() ? pictures(card.get(), store, listener) : pictures(store, listener);
        return metrics(scores(model, pictures));
    }

    @Override
    public final TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile recipe = run.recipe();
        Engine engine = Engine.of(recipe.engine());
        engine.start(Compute.standard(), threads());
        LabelledImages train = pictures(store, listener).train();
        SavedNetwork saved = engine.load(network(), run.weights());
        return new TrainedNetwork(recipe, exporter(engine, saved.network(), train, statistics(train)), saved::close);
    }

    /** The pictures that each epoch is measured on: the first ones of each part. */
    private Map<String, LabelledImages> watched(Pictures pictures) {
        Map<String, LabelledImages> parts = new TreeMap<>();
        parts.put("train", first(pictures.train()));
        pictures.measured().forEach((name, images) -> parts.put(name, first(images)));
        return parts;
    }

    private LabelledImages first(LabelledImages images) {
        return images.size() <= watched() ? images : images.range(0, watched());
    }

    private static Map<String, Double> accuracies(
            Learner learner, Map<String, LabelledImages> watched, Map<String, Examples> examples) {
        Map<String, Double> metrics = new TreeMap<>();
        watched.forEach((name, images) -> metrics.put(
                name + ".accuracy", ClassifierScores.accuracy(learner.predict(examples.get(name)), images.labels())));
        return metrics;
    }

    private static Map<String, ClassifierScores> scores(OnnxModel model, Pictures pictures) throws IOException {
        Map<String, ClassifierScores> scores = new TreeMap<>();
        scores.put("train", ClassifierScores.of(model, pictures.train()));
        for (Map.Entry<String, LabelledImages> part : pictures.measured().entrySet()) {
            scores.put(part.getKey(), ClassifierScores.of(model, part.getValue()));
        }
        return scores;
    }

    private static SortedMap<String, Double> metrics(Map<String, ClassifierScores> scores) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        scores.forEach((name, score) -> metrics.put(name + ".accuracy", score.accuracy()));
        return metrics;
    }

    private boolean isFlat() {
        return network().input().length == 1;
    }

    private Examples examples(TrainingRun run, LabelledImages train, ChannelStatistics statistics) {
        int size = run.hyperparameters().limited(train.size());
        boolean resident = (long) size * train.valuesPerImage() <= RESIDENT
                && augmentation().toString().equals(Augmentation.none().toString());
        if (resident) {
            return inArrays(size == train.size() ? train : train.range(0, size), statistics);
        }
        return new PictureExamples(
                train, size, statistics, augmentation(), run.hyperparameters().seed());
    }

    private Examples unchanged(LabelledImages images, ChannelStatistics statistics) {
        return isFlat() ? inArrays(images, statistics) : PictureExamples.unchanged(images, statistics);
    }

    private Examples inArrays(LabelledImages images, ChannelStatistics statistics) {
        ByteBuffer view = images.pixels();
        byte[] pixels = new byte[view.remaining()];
        view.get(pixels);
        float[] inputs = new float[pixels.length];
        int area = images.height() * images.width();
        if (isFlat()) {
            statistics.interleaved(pixels, images.size(), area, inputs);
        } else {
            statistics.toPlanes(pixels, images.size(), area, inputs);
        }
        return Examples.classes(inputs, images.labels(), network().input());
    }

    /**
     * Rounds the network's weights if the file is to have them so. A network that ends in logits gets a softmax. One that DJL has loaded no longer knows its input's axes.
     */
    private OnnxExporter exporter(Engine engine, Object network, LabelledImages images, ChannelStatistics statistics) {
        PixelInput.Layout layout = isFlat() ? PixelInput.Layout.FLAT : PixelInput.Layout.CHANNELS_FIRST;
        boolean isUnit = statistics.mean().stream().allMatch(mean -> mean == 0);
        PixelInput input = isUnit
                ? PixelInput.unit(images.height(), images.width(), images.channels(), layout)
                : new PixelInput(
                        images.height(),
                        images.width(),
                        images.channels(),
                        statistics.mean(),
                        statistics.deviation(),
                        layout);
        if (weights() == Weights.HALF) {
            engine.roundToHalf(network);
        }
        OnnxExporter exporter = OnnxExporter.of(network)
                .input("pixels", DataType.FLOAT, Dim.batchOf(network().input()))
                .before(input);
        if (weights() == Weights.HALF) {
            exporter.halfPrecisionStorage();
        }
        return engine.classOutput() == Engine.ClassOutput.LOGITS
                ? exporter.after(Postprocessing.softmax("probabilities"))
                : exporter.outputs("probabilities");
    }

    private static List<Tensor> tensors(LabelledImages images) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            tensors.add(Tensor.ofBytes(images.image(i), 1, images.height(), images.width(), images.channels()));
        }
        return tensors;
    }

    private RecipeFile recipeFile(TrainingRun run, Pictures pictures) {
        Plan plan = plan(run.hyperparameters());
        ChannelStatistics statistics = statistics(pictures.train());
        return new RecipeFile(
                id(),
                run.engine().id(),
                run.engine().version(),
                network() + " -> softmax" + weights().note,
                "by the seed, the same in every engine: He normal in front of a ReLU, Glorot uniform elsewhere, biases 0",
                plan.describe(),
                plan.objective().toString(),
                run.hyperparameters(),
                "pixels divided by 255, then standardised by " + statistics + "; augmentation: " + augmentation()
                        + "; the order of each epoch is a permutation by seed and epoch",
                pictures.provenances());
    }

    private ModelOutline outline(Plan plan, RecipeFile recipe) {
        return TrainingOutline.of(
                network().outline(), plan, recipe, augmentation().toString());
    }

    private ModelCard card(RecipeFile recipe, Sha256 digest, Pictures pictures) {
        return words().card(
                        this,
                        recipe,
                        digest,
                        Task.IMAGE_CLASSIFICATION,
                        pictures.train().labelNames(),
                        List.of());
    }
}
