package dev.jzoo.training;

import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * A library that trains networks. Engines are found through {@link ServiceLoader}: a jar brings one by naming its class in
 * {@code META-INF/services/dev.jzoo.training.Engine}. Has no state; two objects of an engine are the same engine, so compare {@link #id}.
 *
 * <p>An engine builds networks from their description and trains them: {@link #build}. To export what it has trained, its networks also need
 * a {@link dev.jzoo.export.FrontEnd} that accepts them.
 */
public interface Engine {

    /** The order of the axes of a sequence that goes straight into a recurrent layer. */
    enum SequenceLayout {
        /** [length, channels]. */
        TIME_FIRST,
        /** [channels, length], as {@link Network} describes it. */
        CHANNELS_FIRST
    }

    /** The kind of number that a network gives for each class after it was trained on a cross-entropy. */
    enum ClassOutput {
        /** The softmax is part of the objective only. */
        LOGITS,
        /** The softmax is the network's last layer. */
        PROBABILITIES
    }

    /** Name on the command line and in {@code recipe.json}: "djl". */
    String id();

    /** Name for people: "DJL". */
    String title();

    /** Name and release: "DJL 0.35.1, PyTorch 2.7.1". May load native libraries, so call {@link #start} first. */
    String version();

    /**
     * Prepares the engine before its first array.
     *
     * @param compute device, and perhaps a number of threads
     * @param recommendedThreads number of threads that share the work of one operation where {@code compute} has none. 1 for small
     *     networks, whose operations are over before a second thread has begun
     * @throws dev.jzoo.zoo.error.JZooException DEVICE where the engine cannot compute on the device
     */
    void start(Compute compute, int recommendedThreads);

    /** Layers of a network that this engine cannot build; none if it has all kinds. */
    default List<Layer> missing(Network network) {
        return List.of();
    }

    /**
     * Checks that it has an optimiser that a user has asked for. A recipe's own optimiser is not checked: an engine may have it in
     * another form.
     *
     * @throws IllegalArgumentException naming what it has in its place
     */
    default void requireSupport(Optimizer optimizer) {}

    /** Order of the axes of a sequence that goes straight into a recurrent layer. */
    SequenceLayout sequenceLayout();

    /** What {@link Learner#predict} and an exported network give where the objective is a cross-entropy. */
    ClassOutput classOutput();

    /**
     * Builds a network with its initial weights. Call {@link #learner} instead, which checks the network first.
     *
     * @param weights draws the same numbers for each engine, as long as they are drawn layer by layer, in the order of the network
     * @param examples to learn from, of the shape {@link #inputShape}
     * @param compute that the engine was started with
     * @return a learner that owns all memory of the network
     */
    Learner build(Network network, InitialWeights weights, Examples examples, Plan plan, Compute compute);

    /**
     * Builds a network with the weights that one of its learners saved.
     *
     * @param weights {@link RunFolder#weights}
     * @throws dev.jzoo.zoo.error.DataFormatException where the file does not hold them
     */
    SavedNetwork load(Network network, Path weights) throws IOException;

    /**
     * Rounds the large weights of a network to what half precision has, in place, so that its file can be half as large and lose nothing.
     *
     * @param network {@link Learner#network} or {@link SavedNetwork#network} of this engine
     * @throws IllegalArgumentException where it is not a network of this engine
     */
    void roundToHalf(Object network);

    /**
     * Builds a network with its initial weights. The engine was started.
     *
     * @param examples to learn from, of the shape {@link #inputShape}
     * @throws IllegalArgumentException where the network does not end in a dense layer, has a layer that the engine lacks, or takes
     *     examples of another shape
     */
    default Learner learner(Network network, InitialWeights weights, Examples examples, Plan plan, Compute compute) {
        network.requireDenseEnd();
        requireSupport(network);
        long[] expected = inputShape(network);
        if (!Arrays.equals(expected, examples.inputShape())) {
            throw new IllegalArgumentException("The network takes examples of " + Arrays.toString(expected)
                    + ", not of " + Arrays.toString(examples.inputShape()) + ".");
        }
        return build(network, weights, examples, plan, compute);
    }

    /** Shape of one example's input as this engine's network reads it. A copy. */
    default long[] inputShape(Network network) {
        long[] input = network.input();
        return sequenceLayout() == SequenceLayout.TIME_FIRST && network.beginsRecurrent()
                ? new long[] {input[1], input[0]}
                : input;
    }

    /**
     * Checks that this engine has all layers of a network.
     *
     * @throws IllegalArgumentException naming the layers that it lacks, and the engines that can build the network
     */
    default void requireSupport(Network network) {
        List<Layer> missing = missing(network);
        if (missing.isEmpty()) {
            return;
        }
        String layers = missing.stream().map(Layer::toString).distinct().collect(Collectors.joining(", no "));
        String others = all().stream()
                .filter(engine -> engine.missing(network).isEmpty())
                .map(engine -> "--engine " + engine.id())
                .collect(Collectors.joining(" or "));
        throw new UnsupportedSettingException(version() + " has no " + layers + ", which this network needs."
                + (others.isEmpty() ? "" : " Train it with " + others + "."));
    }

    /** All engines on the class path, by {@link #id}. */
    static List<Engine> all() {
        return ServiceLoader.load(Engine.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Engine::id))
                .toList();
    }

    /**
     * Finds an engine by its {@link #id}.
     *
     * @throws IllegalArgumentException where none on the class path has it, naming those that are there
     */
    static Engine of(String id) {
        List<Engine> engines = all();
        return engines.stream()
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UnsupportedSettingException("No engine '" + id + "' is on the class path; found "
                        + (engines.isEmpty()
                                ? "none"
                                : engines.stream().map(Engine::id).collect(Collectors.joining(" and ")))
                        + ". Name one of these, or add the engine's jar to the class path."));
    }
}
