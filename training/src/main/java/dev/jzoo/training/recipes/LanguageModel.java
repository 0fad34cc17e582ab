package dev.jzoo.training.recipes;

import dev.jzoo.datasets.CharacterVocabulary;
import dev.jzoo.datasets.Corpus;
import dev.jzoo.datasets.TinyShakespeare;
import dev.jzoo.export.OnnxExporter;
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
import dev.jzoo.training.fit.Objective;
import dev.jzoo.training.fit.Optimizer;
import dev.jzoo.training.fit.Plan;
import dev.jzoo.training.fit.SavedNetwork;
import dev.jzoo.training.fit.Schedule;
import dev.jzoo.training.fit.Selection;
import dev.jzoo.training.fit.TextExamples;
import dev.jzoo.training.fit.TrainingLoop;
import dev.jzoo.training.net.Dl4jEngine;
import dev.jzoo.zoo.ModelCard;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Sha256;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The recipe of a network that says which character comes next. A recipe of this family says which network and how it learns;
 * the rest is the same for all.
 */
abstract class LanguageModel implements Recipe {

    /** Characters of each part that an epoch is measured on, so that measuring stays cheaper than training. */
    static final int WATCHED = 30_000;

    /** Of so many places of the part: its beginning alone may be easier than the rest, that of Tiny Shakespeare's last tenth is. */
    static final int PLACES = 10;

    /**
     * The text of a recipe.
     *
     * @param train to learn from
     * @param test to measure on
     * @param vocabulary of both
     */
    record Texts(Corpus train, Corpus test, CharacterVocabulary vocabulary) {

        int[] trainIds() {
            return vocabulary.encode(train.text());
        }

        int[] testIds() {
            return vocabulary.encode(test.text());
        }

        /** As many characters of the training text as the test text has: what the file is measured on. */
        int[] measuredTrainIds() {
            return first(trainIds(), test.size());
        }
    }

    /** The network for so many different characters. */
    abstract CharacterNetwork network(int characters);

    abstract Words words();

    /** Where the text comes from. */
    Texts texts(Store store, ProgressListener listener) throws IOException {
        return new Texts(
                TinyShakespeare.train(store, listener),
                TinyShakespeare.test(store, listener),
                TinyShakespeare.vocabulary(store, listener));
    }

    /** How it learns: Adam, one cycle of the learning rate, gradients clipped to a norm of 1. */
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings)
                .withSchedule(Schedule.oneCycle())
                .withMaxGradientNorm(1);
    }

    @Override
    public final Headline headline() {
        return new Headline("test.nats", Better.LOWER);
    }

    /** DL4J computes a recurrent layer in so many small operations that a second thread makes them slower. */
    private static int threads(Engine engine) {
        return engine.id().equals(Dl4jEngine.ID) ? 1 : Runtime.getRuntime().availableProcessors();
    }

    @Override
    public final TrainingResult train(TrainingRun run) throws IOException {
        long start = System.nanoTime();
        Texts texts = texts(run.store(), run.listener().downloads());
        CharacterNetwork network = network(texts.vocabulary().size());
        run.engine().start(run.compute(), threads(run.engine()));
        RecipeFile recipe = recipeFile(run, texts, network);
        Plan plan = plan(run.hyperparameters());
        TextExamples examples = network.examples(run, limited(texts.trainIds(), run, network.window()));
        try (Learner learner = network.learner(run, examples, plan)) {
            Sha256 digest = run.folder().writeRecipe(recipe);
            TextSamples samples = new TextSamples(run, learner, texts.vocabulary(), network.window());
            Map<String, TextExamples> watched = Map.of(
                    "train.nats", network.covering(excerpts(texts.measuredTrainIds(), WATCHED)),
                    "test.nats", network.covering(excerpts(texts.testIds(), WATCHED)));
            History history = TrainingLoop.run(
                    learner,
                    plan,
                    run.withListener(samples),
                    Selection.last(),
                    () -> nats(run, learner, network, watched));
            OnnxExporter exporter = network.exporter(run.engine(), learner.network());
            return new Delivery(run, start, card(recipe, digest, texts))
                    .of(
                            exporter,
                            model -> new Delivery.Measured(
                                    metrics(model, texts, network),
                                    testVectors(texts.vocabulary(), network),
                                    (card, exported) -> LanguageReport.write(
                                            new RunPage(
                                                    run,
                                                    card,
                                                    history,
                                                    exported.report().parity(),
                                                    TrainingOutline.of(network.outline(), plan, recipe, "none")),
                                            texts,
                                            samples.byEpoch())));
        }
    }

    @Override
    public final SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener)
            throws IOException {
        Texts texts = texts(store, listener);
        return metrics(model, texts, network(texts.vocabulary().size()));
    }

    @Override
    public final TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile recipe = run.recipe();
        Engine engine = Engine.of(recipe.engine());
        engine.start(Compute.standard(), threads(engine));
        CharacterNetwork network = network(texts(store, listener).vocabulary().size());
        SavedNetwork saved = network.saved(engine, run.weights());
        return new TrainedNetwork(recipe, network.exporter(engine, saved.network()), saved::close);
    }

    /** The beginning of a text with as many windows as the run is limited to. */
    private static int[] limited(int[] text, TrainingRun run, int window) {
        int limit = run.hyperparameters().limit();
        return limit == 0 ? text : first(text, (limit + 1L) * window);
    }

    private static int[] first(int[] text, long characters) {
        return Arrays.copyOf(text, (int) Math.min(text.length, characters));
    }

    /** So many characters in pieces from evenly spaced places of a text, the first and the last of it among them; a shorter text whole. */
    static int[] excerpts(int[] text, int characters) {
        if (text.length <= characters) {
            return text;
        }
        int piece = characters / PLACES;
        int[] excerpts = new int[piece * PLACES];
        for (int i = 0; i < PLACES; i++) {
            int start = (int) ((long) i * (text.length - piece) / (PLACES - 1));
            System.arraycopy(text, start, excerpts, i * piece, piece);
        }
        return excerpts;
    }

    /** Of the engine's network, after an epoch. */
    private static Map<String, Double> nats(
            TrainingRun run, Learner learner, CharacterNetwork network, Map<String, TextExamples> watched) {
        Map<String, Double> nats = new TreeMap<>();
        watched.forEach((name, windows) -> nats.put(
                name,
                TextNats.of(
                        windows,
                        network.characters(),
                        part -> probabilities(run.engine(), learner.predict(part), network.characters()))));
        return nats;
    }

    /** Makes probabilities of what a network of that engine gives, row by row. Changes the outputs. */
    static float[] probabilities(Engine engine, float[] outputs, int characters) {
        if (engine.classOutput() == Engine.ClassOutput.PROBABILITIES) {
            return outputs;
        }
        for (int from = 0; from < outputs.length; from += characters) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = from; i < from + characters; i++) {
                largest = Math.max(largest, outputs[i]);
            }
            double sum = 0;
            for (int i = from; i < from + characters; i++) {
                outputs[i] = (float) Math.exp(outputs[i] - largest);
                sum += outputs[i];
            }
            for (int i = from; i < from + characters; i++) {
                outputs[i] /= (float) sum;
            }
        }
        return outputs;
    }

    /** Of the file, with the baselines beside it. */
    private static SortedMap<String, Double> metrics(OnnxModel model, Texts texts, CharacterNetwork network) {
        SortedMap<String, Double> metrics =
                NGrams.of(texts.trainIds(), network.characters()).nats(texts.testIds());
        metrics.put("train.nats", nats(model, network, texts.measuredTrainIds()));
        metrics.put("test.nats", nats(model, network, texts.testIds()));
        return metrics;
    }

    private static double nats(OnnxModel model, CharacterNetwork network, int[] text) {
        return TextNats.of(network.covering(text), network.characters(), part -> {
            Map<String, Tensor> inputs = new HashMap<>(network.states(part.size()));
            inputs.put("ids", ids(part));
            return model.run(inputs).get("probabilities").floats();
        });
    }

    private static Tensor ids(Examples part) {
        float[] inputs = new float[part.size() * part.inputSize()];
        part.read(IntStream.range(0, part.size()).toArray(), 0, part.size(), 0, inputs, new float[inputs.length]);
        long[] ids = new long[inputs.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (long) inputs[i];
        }
        return Tensor.ofLongs(ids, part.size(), part.inputSize());
    }

    /** Characters by their numbers, all of the vocabulary in turn: the text is not ours to publish. */
    private static List<Map<String, Tensor>> testVectors(CharacterVocabulary vocabulary, CharacterNetwork network) {
        List<Map<String, Tensor>> vectors = new ArrayList<>();
        for (int step = 1; step <= 3; step++) {
            long[] ids = new long[network.window()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = (long) i * step % vocabulary.size();
            }
            Map<String, Tensor> inputs = new HashMap<>(network.states(1));
            inputs.put("ids", Tensor.ofLongs(ids, 1, ids.length));
            vectors.add(inputs);
        }
        return vectors;
    }

    private RecipeFile recipeFile(TrainingRun run, Texts texts, CharacterNetwork network) {
        Plan plan = plan(run.hyperparameters());
        boolean carried = network.examples(run, limited(texts.trainIds(), run, network.window()))
                        .order()
                == Examples.Order.CONTINUING;
        return new RecipeFile(
                id(),
                run.engine().id(),
                run.engine().version(),
                network.toString(),
                network.initialisation(),
                plan.describe(),
                plan.objective() + " of the next character at each step",
                run.hyperparameters(),
                "windows of " + network.window() + " characters, "
                        + (carried
                                ? "the state carried from each to the next of its part of the text (truncated backpropagation"
                                        + " through time)"
                                : "the order of each epoch a permutation by seed and epoch")
                        + "; where the first one begins moves by seed and epoch",
                List.of(texts.train().provenance(), texts.test().provenance()));
    }

    private ModelCard card(RecipeFile recipe, Sha256 digest, Texts texts) {
        List<String> tags = new ArrayList<>(List.of("text", "characters"));
        tags.addAll(words().tags());
        List<String> limits = new ArrayList<>(words().limits());
        limits.add("It knows the " + texts.vocabulary().size()
                + " characters of its text and its spelling, not what the words mean; what it writes is nonsense in the"
                + " manner of the text.");
        limits.add(
                "nats are means of -ln p over the characters of a text; train.nats is of as many characters as the test has."
                        + " The n-grams are counted on the whole training text with " + NGrams.ADDED
                        + " added to each count;"
                        + " the interpolated one is mixed with the shorter ones by Witten and Bell's method C.");
        List<String> characters = texts.vocabulary()
                .characters()
                .chars()
                .mapToObj(c -> String.valueOf((char) c))
                .toList();
        return new Words(words().summary(), tags, limits)
                .card(this, recipe, digest, Task.TEXT_GENERATION, characters, List.of());
    }
}
