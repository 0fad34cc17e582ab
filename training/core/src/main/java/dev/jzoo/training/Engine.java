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
 * A library that trains networks. Engines are found through {@link ServiceLoader}: a jar provides one by naming its
 * class in {@code META-INF/services/dev.jzoo.training.Engine}. An engine has no state. Two objects of an engine are the
 * same engine, so compare their {@link #id}.
 *
 * <p>An engine builds networks from their description and trains them: see {@link #build}. To export its networks, you
 * also need a {@link dev.jzoo.export.FrontEnd} that accepts them.
 */
public interface Engine {

    /** Order of the axes of a sequence that is the direct input of a recurrent layer. */
    enum SequenceLayout {
        /** [length, channels]. */
        TIME_FIRST,
        /** [channels, length], as {@link Network} describes it. */
        CHANNELS_FIRST
    }

    /** Kind of a network's outputs for each class, after training on a cross-entropy. */
    enum ClassOutput {
        /** Logits: the softmax is only a part of the objective. */
        LOGITS,
        /** Probabilities: the softmax is the network's last layer. */
        PROBABILITIES
    }

    /** Returns the name on the command line and in {@code recipe.json}: "djl". */
    String id();

    /** Returns the name for people: "DJL". */
    String title();

    /**
     * Returns the name and release: "DJL 0.35.1, PyTorch 2.7.1". May load native libraries, so call {@link #start}
     * first.
     */
    String version();

    /**
     * Prepares the engine before its first array is created.
     *
     * @param compute device, and optionally a number of threads
     * @param recommendedThreads number of threads per operation if {@code compute} has none. Use 1 for small networks,
     *     whose operations end before a second thread has started
     * @throws dev.jzoo.zoo.error.JZooException DEVICE if the engine cannot use the device
     */
    void start(Compute compute, int recommendedThreads);

    /** Returns the layers of a network that this engine cannot build. The default is none. */
    default List<Layer> missing(Network network) {
        return List.of();
    }

    /**
     * Checks that the engine has an optimiser that the user has set. A recipe's own optimiser is not checked, because
     * an engine may have an equivalent.
     *
     * @throws IllegalArgumentException naming the optimisers that it has
     */
    default void requireSupport(Optimizer optimizer) {}

    /** Returns the order of the axes of a sequence that is the direct input of a recurrent layer. */
    SequenceLayout sequenceLayout();

    /**
     * Returns the kind of outputs of {@link Learner#predict} and of an exported network, after training on a
     * cross-entropy.
     */
    ClassOutput classOutput();

    /**
     * Builds a network with its initial weights. Call {@link #learner} instead, which checks the network first.
     *
     * @param weights draws the same numbers for each engine, if you draw them layer by layer, in the order of the
     *     network
     * @param examples training examples with the shape {@link #inputShape}
     * @param compute the hardware that the engine was started with
     * @return a learner that owns all memory of the network
     */
    Learner build(Network network, InitialWeights weights, Examples examples, Plan plan, Compute compute);

    /**
     * Builds a network with weights that one of its learners saved.
     *
     * @param weights a file as in {@link RunFolder#weights}
     * @throws dev.jzoo.zoo.error.DataFormatException if the file does not contain them
     */
    SavedNetwork load(Network network, Path weights) throws IOException;

    /**
     * Rounds the large weights of a network to half precision, in place, so that its file can be half as large without
     * further loss.
     *
     * @param network {@link Learner#network} or {@link SavedNetwork#network} of this engine
     * @throws IllegalArgumentException if it is not a network of this engine
     */
    void roundToHalf(Object network);

    /**
     * Checks a network and builds it with its initial weights. Start the engine first.
     *
     * @param examples training examples with the shape {@link #inputShape}
     * @throws IllegalArgumentException if the network does not end in a dense layer, has a layer that the engine lacks,
     *     or takes examples of another shape
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

    /** Returns the shape of one example's input as this engine's network reads it. The array is a copy. */
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

    /** Returns all engines on the class path, by {@link #id}. */
    static List<Engine> all() {
        return ServiceLoader.load(Engine.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Engine::id))
                .toList();
    }

    /** Returns the engines' ids in words: "djl, dl4j and scratch". */
    private static String ids(List<Engine> engines) {
        List<String> ids = engines.stream().map(Engine::id).toList();
        int last = ids.size() - 1;
        return ids.isEmpty()
                ? "none"
                : last == 0 ? ids.get(0) : String.join(", ", ids.subList(0, last)) + " and " + ids.get(last);
    }

    /**
     * Finds an engine by its {@link #id}.
     *
     * @throws IllegalArgumentException if no engine on the class path has it; names the available ones
     */
    static Engine of(String id) {
        List<Engine> engines = all();
        return engines.stream()
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new UnsupportedSettingException("The engine '" + id + "' is not on the class path; found: "
                                + ids(engines)
                                + ". Name one of these, or add the engine's jar to the class path."));
    }
}
