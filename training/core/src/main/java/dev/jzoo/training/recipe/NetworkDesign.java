package dev.jzoo.training.recipe;

import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Initialisation;
import dev.jzoo.training.network.NetworkOutline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network that engines can build: a list of layers ({@link LayeredNetwork}), or a network with its own code for each
 * engine. {@code toString} describes it for people.
 */
public interface NetworkDesign {

    /**
     * Checks that an engine can train it, before the engine is started.
     *
     * @throws RuntimeException naming what the engine lacks, and engines that have it
     */
    void requireSupport(Engine engine);

    /** Builds the network with initial weights determined by the run's settings. The run's engine has been started. */
    Learner learner(TrainingRun run, Examples examples, Plan plan);

    /**
     * Builds the network with weights that a learner saved.
     *
     * @throws dev.jzoo.zoo.error.DataFormatException if the file does not contain them
     */
    SavedNetwork load(Engine engine, Path weights) throws IOException;

    /** Describes the layers for a report. */
    NetworkOutline outline();

    /** Describes the initial weights in words. */
    String initialisation();

    /** Returns the same design with another share in each dropout, 0 for no dropout; empty if it has no dropout. */
    Optional<NetworkDesign> withDropout(double share);

    /** Returns the same design with other initial weights; empty if it does not have others. */
    Optional<NetworkDesign> withInitialisation(Initialisation other);
}
