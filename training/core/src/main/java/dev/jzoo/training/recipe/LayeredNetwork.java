package dev.jzoo.training.recipe;

import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Initialisation;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.network.NetworkOutline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A design that consists of a list of layers, which every engine builds.
 *
 * @param network its layers
 * @param ending the words for what follows the last layer: "softmax"; empty for nothing
 * @param drawn initialisation of the weights
 * @param initialisation initialisation of all parameters, in words
 */
public record LayeredNetwork(Network network, String ending, Initialisation drawn, String initialisation)
        implements NetworkDesign {

    private static final String BY_THE_SEED = "by the seed, the same in every engine: ";

    /** Wraps a network. */
    public static LayeredNetwork of(Network network) {
        return new LayeredNetwork(network, "", Initialisation.STANDARD, BY_THE_SEED + Network.INITIALISATION);
    }

    /** Returns the same design with words for what follows the last layer. */
    public LayeredNetwork endingIn(String words) {
        return new LayeredNetwork(network, words, drawn, initialisation);
    }

    @Override
    public void requireSupport(Engine engine) {
        engine.requireSupport(network);
    }

    @Override
    public Learner learner(TrainingRun run, Examples examples, Plan plan) {
        InitialWeights weights = new InitialWeights(run.hyperparameters().seed(), drawn);
        return run.engine().learner(network, weights, examples, plan, run.compute());
    }

    @Override
    public SavedNetwork load(Engine engine, Path weights) throws IOException {
        return engine.load(network, weights);
    }

    @Override
    public NetworkOutline outline() {
        return network.outline();
    }

    @Override
    public Optional<NetworkDesign> withDropout(double share) {
        return network.dropouts().isEmpty()
                ? Optional.empty()
                : Optional.of(new LayeredNetwork(network.withDropout(share), ending, drawn, initialisation));
    }

    @Override
    public Optional<NetworkDesign> withInitialisation(Initialisation other) {
        boolean recurrent = network.layers().stream().anyMatch(Layer.Recurrent.class::isInstance);
        String words = BY_THE_SEED
                + other.words()
                + (recurrent ? ", recurrent weights orthogonal, biases 0 but an LSTM's forget gate's 1" : ", biases 0");
        return Optional.of(new LayeredNetwork(network, ending, other, words));
    }

    /** Returns the layers: {@code 784 -> dense 10 -> softmax}. */
    @Override
    public String toString() {
        return network + (ending.isEmpty() ? "" : " -> " + ending);
    }
}
