package dev.jzoo.training;

import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.Store;

/**
 * One run of a recipe, about to begin.
 *
 * @param engine that trains
 * @param hyperparameters of the run
 * @param store where data files come from
 * @param folder where everything goes
 * @param compute what it computes on
 * @param listener hears how it goes
 */
public record TrainingRun(
        Engine engine,
        Hyperparameters hyperparameters,
        Store store,
        RunFolder folder,
        Compute compute,
        TrainingListener listener) {

    /**
     * Builds a network in the run's engine, which was started, with initial weights by the run's seed.
     *
     * @param examples to learn from, of the shape {@link Engine#inputShape}
     * @throws IllegalArgumentException where the network does not end in a dense layer, has a layer that the engine lacks, or takes
     *     examples of another shape
     */
    public Learner learner(Network network, Examples examples, Plan plan) {
        return engine.learner(network, new InitialWeights(hyperparameters.seed()), examples, plan, compute);
    }

    /** The same run, heard by somebody else. */
    public TrainingRun withListener(TrainingListener other) {
        return new TrainingRun(engine, hyperparameters, store, folder, compute, other);
    }

    /** The same run with another seed, in a folder of its own. */
    TrainingRun withSeed(long seed, RunFolder place) {
        return new TrainingRun(engine, hyperparameters.withSeed(seed), store, place, compute, listener);
    }
}
