package dev.jzoo.finetune;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import java.util.Locale;

/**
 * The settings for the training of all layers. They do not need an engine, so they can be shown before one is loaded.
 *
 * @param mode epochs, learning rate and initial weights
 * @param seed seed of crops, order and random weights
 */
record TuningPlan(Mode.Full mode, long seed) {

    /** Learning rate of the layers at the input, as a share of the last layers'. */
    static final double AT_THE_INPUT = 0.05;

    private static final double WEIGHT_DECAY = 0.01;

    /** Returns the plan: AdamW with one cycle of the learning rate. */
    Plan plan() {
        Hyperparameters settings = new Hyperparameters(mode.epochs(), mode.batch(), mode.learningRate(), seed);
        return Plan.of(Objective.crossEntropy(), Optimizer.adamW(WEIGHT_DECAY), settings)
                .withSchedule(Schedule.oneCycle());
    }

    /** Describes everything that determines the weights, except the file and the pictures. */
    String words() {
        return String.format(
                Locale.ROOT,
                "all layers: %s; %s weights; at most %d epochs, batch %d, learning rate %s, seed %d%s",
                plan().describe(),
                mode.start() == Mode.Start.RANDOM ? "random" : "the base's",
                mode.epochs(),
                mode.batch(),
                mode.learningRate(),
                seed,
                mode.start() == Mode.Start.RANDOM
                        ? ""
                        : ", " + AT_THE_INPUT + " of the rate at the input; batch normalisation as it was");
    }
}
