package dev.jzoo.recipes.text;

import ai.djl.ndarray.NDManager;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.Tolerance;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.djl.DjlLearner;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decoder like GPT-2 (Radford et al., Language models are unsupervised multitask learners, 2019): embeddings of
 * character and position, then layers of causal self-attention and two dense layers. Each of these two parts follows a
 * layer normalisation and has a residual connection.
 *
 * @param characters number of different characters
 * @param window number of characters that it reads, exactly
 * @param width number of values per character between the layers
 * @param heads number of heads of each attention; they share the width evenly
 * @param layers number of layers
 * @param dropout share of values set to 0 in training: of the embeddings, and of the output of each part of a layer
 */
record AttentionCharacters(int characters, int window, int width, int heads, int layers, double dropout)
        implements CharacterNetwork {

    AttentionCharacters {
        if (width % heads != 0) {
            throw new IllegalArgumentException(heads + " heads cannot share a width of " + width + " evenly.");
        }
    }

    @Override
    public void requireSupport(Engine engine) {
        requireDjl(engine);
    }

    @Override
    public Examples.Order order(Engine engine) {
        return Examples.Order.SHUFFLED;
    }

    @Override
    public TextExamples examples(TrainingRun run, int[] text) {
        return TextExamples.shuffled(text, window, run.hyperparameters().seed());
    }

    /** Returns windows in which at least half a window precedes each character that is measured. */
    @Override
    public TextExamples covering(int[] text) {
        return TextExamples.covering(text, window, window / 2);
    }

    @Override
    public Learner learner(TrainingRun run, Examples examples, Plan plan) {
        requireDjl(run.engine());
        NDManager manager = DjlEngine.manager(run.compute());
        return new DjlLearner(
                manager, AttentionBlock.initialised(this, run.hyperparameters().seed(), manager), examples, plan);
    }

    @Override
    public SavedNetwork load(Engine engine, Path weights) throws IOException {
        requireDjl(engine);
        NDManager manager = NDManager.newBaseManager();
        return DjlEngine.saved(manager, AttentionBlock.initialised(this, 0, manager), weights);
    }

    private static void requireDjl(Engine engine) {
        if (!engine.id().equals(DjlEngine.ID)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    engine.title() + " cannot train this network: it has no layer of causal attention.",
                    "Train it with --engine djl.");
        }
    }

    /**
     * Returns the exporter. Logits are compared relative to the largest one: those near 0 are differences of large sums
     * and carry their rounding errors.
     */
    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        return OnnxExporter.of(network)
                .tolerance(Tolerance.deep())
                .input("ids", DataType.INT64, Dimension.batchOf(window))
                .after(Postprocessing.softmax("probabilities"));
    }

    @Override
    public Map<String, Tensor> states(int batch) {
        return Map.of();
    }

    @Override
    public Optional<NetworkDesign> withDropout(double share) {
        return Optional.of(new AttentionCharacters(characters, window, width, heads, layers, share));
    }

    /** Returns empty: the initial weights depend on the position in the network, as in GPT-2. */
    @Override
    public Optional<NetworkDesign> withInitialisation(Initialisation other) {
        return Optional.empty();
    }

    @Override
    public String initialisation() {
        return "by the seed: normal with deviation 0.02, that of what a layer adds divided by the root of the number of"
                + " additions; biases 0";
    }

    @Override
    public NetworkOutline outline() {
        long wide = (long) AttentionLayer.WIDER * width;
        long norm = 2L * width;
        long attention = (width + 1L) * 3 * width + (width + 1L) * width;
        long dense = (width + 1L) * wide + (wide + 1) * width;
        String layer = "causal attention with " + heads + " heads, dense " + wide + ", GELU, dense " + width
                + ", each half after a layer normalisation and added to its input";
        List<OutlineLayer> rows = new ArrayList<>();
        rows.add(OutlineLayer.of(
                "embedding of character and place, dropout " + dropout,
                ((long) characters + window) * width,
                window,
                width));
        for (int i = 0; i < layers; i++) {
            rows.add(OutlineLayer.of(layer, norm + attention + norm + dense, window, width));
        }
        rows.add(OutlineLayer.of("layer normalisation", norm, window, width));
        rows.add(OutlineLayer.of("dense " + characters, (width + 1L) * characters, window, characters));
        return new NetworkOutline(List.of((long) window), rows, List.of(dropout));
    }

    @Override
    public String toString() {
        return window + " of " + characters + " characters -> embedding of character and place, " + width + " -> "
                + layers
                + " x (causal attention with " + heads + " heads, dense " + AttentionLayer.WIDER * width
                + ", GELU, dense "
                + width + ") -> layer normalisation -> dense " + characters + " -> softmax; dropout " + dropout;
    }
}
