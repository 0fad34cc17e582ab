package dev.jzoo.training;

/**
 * The training plan of a network, the same in every engine.
 *
 * @param objective the objective to minimise
 * @param optimizer the optimiser
 * @param schedule the schedule of the learning rate
 * @param maxGradientNorm limit of the Euclidean norm of the gradient of all weights together; larger gradients are
 *     scaled down to it. Positive infinity for no limit
 * @param hyperparameters the settings of the run
 */
public record Plan(
        Objective objective,
        Optimizer optimizer,
        Schedule schedule,
        double maxGradientNorm,
        Hyperparameters hyperparameters) {

    public Plan {
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException(
                    "The largest gradient norm must be above 0, not " + maxGradientNorm + ".");
        }
    }

    /** Returns a plan with a constant learning rate and without gradient clipping. */
    public static Plan of(Objective objective, Optimizer optimizer, Hyperparameters hyperparameters) {
        return new Plan(objective, optimizer, Schedule.constant(), Double.POSITIVE_INFINITY, hyperparameters);
    }

    public Plan withOptimizer(Optimizer other) {
        return new Plan(objective, other, schedule, maxGradientNorm, hyperparameters);
    }

    public Plan withSchedule(Schedule other) {
        return new Plan(objective, optimizer, other, maxGradientNorm, hyperparameters);
    }

    public Plan withMaxGradientNorm(double other) {
        return new Plan(objective, optimizer, schedule, other, hyperparameters);
    }

    /** Returns the number of examples per step. */
    public int batch() {
        return hyperparameters.batch();
    }

    /** Returns the number of steps per epoch; the last batch may be smaller. */
    public long stepsPerEpoch(int examples) {
        return (examples + batch() - 1L) / batch();
    }

    /**
     * Returns the learning rate of a step.
     *
     * @param step number of the step, from 0, counted over all epochs
     * @param examples number of examples in an epoch
     */
    public double learningRate(long step, int examples) {
        return hyperparameters.learningRate()
                * schedule.factor((double) step / (stepsPerEpoch(examples) * hyperparameters.epochs()));
    }

    /** Describes optimiser, schedule and clipping in words. */
    public String describe() {
        return optimizer
                + (schedule instanceof Schedule.ConstantRate ? "" : "; learning rate " + schedule)
                + (Double.isInfinite(maxGradientNorm) ? "" : "; gradients clipped to a norm of " + maxGradientNorm);
    }
}
