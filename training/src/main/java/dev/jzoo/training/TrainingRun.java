package dev.jzoo.training;

import dev.jzoo.zoo.Store;

/**
 * One run of a recipe, about to begin.
 *
 * @param engine that trains
 * @param hyperparameters of the run
 * @param store where data files come from
 * @param folder where everything goes
 * @param listener hears how it goes
 */
public record TrainingRun(
        Engine engine, Hyperparameters hyperparameters, Store store, RunFolder folder, TrainingListener listener) {}
