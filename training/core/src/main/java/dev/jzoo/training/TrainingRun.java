package dev.jzoo.training;

import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.Store;

/**
 * One run of a recipe, before it starts.
 *
 * @param engine the engine that trains
 * @param hyperparameters the settings
 * @param store source of the data files
 * @param folder the run's folder
 * @param compute the hardware
 * @param listener listener to the progress
 */
public record TrainingRun(
        Engine engine,
        Hyperparameters hyperparameters,
        Store store,
        RunFolder folder,
        Compute compute,
        TrainingListener listener) {

    /**
     * Builds a network in the run's engine, with initial weights determined by the run's seed. Start the engine first.
     *
     * @param examples training examples with the shape {@link Engine#inputShape}
     * @throws IllegalArgumentException if the network does not end in a dense layer, has a layer that the engine lacks,
     *     or takes examples of another shape
     */
    public Learner learner(Network network, Examples examples, Plan plan) {
        return engine.learner(network, new InitialWeights(hyperparameters.seed()), examples, plan, compute);
    }

    /** Returns the same run with another listener. */
    public TrainingRun withListener(TrainingListener other) {
        return new TrainingRun(engine, hyperparameters, store, folder, compute, other);
    }

    /** Returns the same run with another seed, in its own folder. */
    TrainingRun withSeed(long seed, RunFolder place) {
        return new TrainingRun(engine, hyperparameters.withSeed(seed), store, place, compute, listener);
    }
}
