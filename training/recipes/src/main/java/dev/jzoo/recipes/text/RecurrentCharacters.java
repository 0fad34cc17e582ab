package dev.jzoo.recipes.text;

import ai.djl.ndarray.NDManager;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.djl.DjlLearner;
import dev.jzoo.training.dl4j.Dl4jEngine;
import dev.jzoo.training.dl4j.Dl4jLearner;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.training.network.Initialisation;
import dev.jzoo.training.network.NetworkOutline;
import dev.jzoo.training.network.NetworkOutline.OutlineLayer;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Embedding, one recurrent layer, dropout, and a dense layer to the logits of the next character.
 *
 * @param cell cell of the recurrent layer
 * @param characters number of different characters
 * @param embedding number of values per character
 * @param units number of units of the recurrent layer
 * @param dropout share of the recurrent layer's output that is set to 0 in training
 * @param window number of characters in an example
 * @param drawn initialisation of the weights of inputs and of the dense layer
 */
record RecurrentCharacters(
        CharacterCell cell, int characters, int embedding, int units, double dropout, int window, Initialisation drawn)
        implements CharacterNetwork {

    /** Smallest number of characters before each character that is measured. */
    private static final int BEFORE = 64;

    private static final int MEASURED = 448;

    /** A recurrent cell, with its gates and states. */
    enum CharacterCell {
        LSTM("LSTM", 4, List.of("hidden", "cell")),
        RNN("simple recurrent layer", 1, List.of("hidden"));

        private final String title;
        private final int gates;
        private final List<String> states;

        CharacterCell(String title, int gates, List<String> states) {
            this.title = title;
            this.gates = gates;
            this.states = states;
        }

        int gates() {
            return gates;
        }
    }

    RecurrentCharacters(CharacterCell cell, int characters, int embedding, int units, double dropout, int window) {
        this(cell, characters, embedding, units, dropout, window, Initialisation.GLOROT_UNIFORM);
    }

    @Override
    public void requireSupport(Engine engine) {
        isDjl(engine);
    }

    /**
     * Returns the order. DJL carries the state from window to window. DL4J's gradients would be wrong then: see {@link
     * Dl4jLearner}.
     */
    @Override
    public Examples.Order order(Engine engine) {
        return isDjl(engine) ? Examples.Order.CONTINUING : Examples.Order.SHUFFLED;
    }

    @Override
    public TextExamples examples(TrainingRun run, int[] text) {
        long seed = run.hyperparameters().seed();
        return order(run.engine()) == Examples.Order.CONTINUING
                ? TextExamples.continuing(text, window, run.hyperparameters().batch(), seed)
                : TextExamples.shuffled(text, window, seed);
    }

    @Override
    public TextExamples covering(int[] text) {
        int length = Math.min(BEFORE + MEASURED, text.length - 1);
        return TextExamples.covering(text, length, Math.max(1, length - BEFORE));
    }

    @Override
    public Learner learner(TrainingRun run, Examples examples, Plan plan) {
        CharacterWeights weights =
                new CharacterWeights(this, run.hyperparameters().seed());
        if (isDjl(run.engine())) {
            NDManager manager = DjlEngine.manager(run.compute());
            return new DjlLearner(manager, RecurrentBlock.initialised(this, weights, manager), examples, plan);
        }
        return new Dl4jLearner(RecurrentDl4j.network(this, weights, plan, examples.size()), examples, plan, characters);
    }

    @Override
    public SavedNetwork load(Engine engine, Path weights) throws IOException {
        if (!isDjl(engine)) {
            return Dl4jEngine.saved(weights);
        }
        NDManager manager = NDManager.newBaseManager();
        return DjlEngine.saved(
                manager, RecurrentBlock.initialised(this, new CharacterWeights(this, 0), manager), weights);
    }

    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        OnnxExporter exporter =
                OnnxExporter.of(network).input("ids", DataType.INT64, List.of(Dimension.BATCH, Dimension.of("time")));
        if (!isDjl(engine)) {
            return exporter.states().after(Postprocessing.transposed("probabilities", 0, 2, 1));
        }
        for (String state : cell.states) {
            exporter.input(
                    state + "_in", DataType.FLOAT, List.of(Dimension.of(1), Dimension.BATCH, Dimension.of(units)));
        }
        return exporter.after(Postprocessing.softmax("probabilities"))
                .outputs(cell.states.stream().map(state -> state + "_out").toArray(String[]::new));
    }

    /**
     * Returns whether the engine is DJL, which carries states. Otherwise it is DL4J.
     *
     * @throws JZooException BAD_INPUT if it is neither
     */
    private static boolean isDjl(Engine engine) {
        if (engine.id().equals(DjlEngine.ID)) {
            return true;
        }
        if (engine.id().equals(Dl4jEngine.ID)) {
            return false;
        }
        throw new JZooException(
                JZooException.Code.BAD_INPUT,
                engine.title() + " cannot train this recipe: it has no recurrent network of characters.",
                "Train it with --engine djl or --engine dl4j.");
    }

    @Override
    public Map<String, Tensor> states(int batch) {
        Map<String, Tensor> zeros = new TreeMap<>();
        cell.states.forEach(state -> zeros.put(state + "_in", Tensor.of(new float[batch * units], 1, batch, units)));
        return zeros;
    }

    @Override
    public Optional<NetworkDesign> withDropout(double share) {
        return Optional.of(new RecurrentCharacters(cell, characters, embedding, units, share, window, drawn));
    }

    @Override
    public Optional<NetworkDesign> withInitialisation(Initialisation other) {
        return Optional.of(new RecurrentCharacters(cell, characters, embedding, units, dropout, window, other));
    }

    @Override
    public String initialisation() {
        return "by the seed, the same in every engine: embedding normal, input weights and dense layer " + drawn.words()
                + ", recurrent weights orthogonal, biases 0"
                + (cell == CharacterCell.LSTM ? " but the forget gate's 1" : "");
    }

    @Override
    public NetworkOutline outline() {
        long recurrent = (long) cell.gates() * units * (embedding + units + 1);
        return new NetworkOutline(
                List.of((long) window),
                List.of(
                        OutlineLayer.of("embedding of " + embedding, (long) characters * embedding, window, embedding),
                        OutlineLayer.of(cell.title + " " + units, recurrent, window, units),
                        OutlineLayer.of("dropout " + dropout, 0, window, units),
                        OutlineLayer.of("dense " + characters, (units + 1L) * characters, window, characters)),
                List.of(dropout));
    }

    @Override
    public String toString() {
        return characters + " characters -> embedding of " + embedding + " -> " + cell.title + " with " + units
                + " units -> dropout " + dropout + " -> dense " + characters + " -> softmax";
    }
}
