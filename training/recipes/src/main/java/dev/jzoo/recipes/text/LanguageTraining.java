package dev.jzoo.recipes.text;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.dl4j.Dl4jEngine;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.ModelDescription;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.card.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The training of a {@link LanguageModel} on its text. */
record LanguageTraining(LanguageModel recipe, RecipeTexts texts, CharacterNetwork characters) implements TrainingTask {

    @Override
    public List<Provenance> data() {
        return List.of(texts.train().provenance(), texts.test().provenance());
    }

    @Override
    public String preparation(Engine engine) {
        return "windows of " + characters.window() + " characters, "
                + (characters.order(engine) == Examples.Order.CONTINUING
                        ? "the state carried from each to the next of its part of the text (truncated backpropagation"
                                + " through time)"
                        : "the order of each epoch a permutation by seed and epoch")
                + "; where the first one begins moves by seed and epoch";
    }

    @Override
    public NetworkDesign network() {
        return characters;
    }

    @Override
    public Plan plan(Hyperparameters settings) {
        return recipe.plan(settings);
    }

    @Override
    public String objective(Plan plan) {
        return plan.objective() + " of the next character at each step";
    }

    /**
     * Returns the number of threads. DL4J splits a recurrent layer into many small operations, which a second thread
     * slows down.
     */
    @Override
    public int threads(Engine engine) {
        return engine.id().equals(Dl4jEngine.ID) ? 1 : Runtime.getRuntime().availableProcessors();
    }

    /** Returns windows of the beginning of the text, as many as the run is limited to. */
    @Override
    public Examples examples(TrainingRun run) {
        int[] text = texts.trainIds();
        int limit = run.hyperparameters().limit();
        long length = limit == 0 ? text.length : Math.min(text.length, (limit + 1L) * characters.window());
        return characters.examples(run, Arrays.copyOf(text, (int) length));
    }

    @Override
    public TrainingListener listener(TrainingRun run, Learner learner) {
        return new TextSamples(run, learner, texts.vocabulary(), characters.window());
    }

    @Override
    public Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        Map<String, TextExamples> watched = Map.of(
                "train.nats",
                characters.covering(LanguageModel.excerpts(texts.measuredTrainIds(), LanguageModel.WATCHED)),
                "test.nats",
                characters.covering(LanguageModel.excerpts(texts.testIds(), LanguageModel.WATCHED)));
        int count = characters.characters();
        return () -> {
            Map<String, Double> nats = new TreeMap<>();
            watched.forEach((name, windows) -> nats.put(
                    name,
                    TextNats.of(
                            windows,
                            count,
                            part -> LanguageModel.probabilities(run.engine(), learner.predict(part), count))));
            return nats;
        };
    }

    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        return characters.exporter(engine, network);
    }

    @Override
    public ModelDescription description() {
        ModelText words = recipe.words();
        List<String> tags = new ArrayList<>(List.of("text", "characters"));
        tags.addAll(words.tags());
        List<String> limits = new ArrayList<>(words.limits());
        limits.add("It knows the " + texts.vocabulary().size()
                + " characters of its text and its spelling, not what the words mean; what it writes is nonsense in the"
                + " manner of the text.");
        limits.add(
                "nats are means of -ln p over the characters of a text; train.nats is of as many characters as the test has."
                        + " The n-grams are counted on the whole training text with " + NGrams.ADDED
                        + " added to each count;"
                        + " the interpolated one is mixed with the shorter ones by Witten and Bell's method C.");
        List<String> labels = texts.vocabulary()
                .characters()
                .chars()
                .mapToObj(c -> String.valueOf((char) c))
                .toList();
        return new ModelText(words.summary(), tags, limits)
                .forTask(Task.TEXT_GENERATION)
                .withLabels(labels);
    }

    @Override
    public Measurement measure(OnnxModel model) {
        return LanguageMeasurement.of(model, texts, characters);
    }

    /**
     * Returns all characters of the vocabulary in turn, by their numbers, because the text itself may not be published.
     */
    @Override
    public List<Map<String, Tensor>> testVectors() {
        List<Map<String, Tensor>> vectors = new ArrayList<>();
        for (int step = 1; step <= 3; step++) {
            long[] ids = new long[characters.window()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = (long) i * step % texts.vocabulary().size();
            }
            Map<String, Tensor> inputs = new HashMap<>(characters.states(1));
            inputs.put("ids", Tensor.ofLongs(ids, 1, ids.length));
            vectors.add(inputs);
        }
        return vectors;
    }
}
