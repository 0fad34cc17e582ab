package dev.jzoo.training;

/**
 * How a network learns, the same in every engine.
 *
 * @param objective what is made small
 * @param optimizer how weights follow gradients
 * @param schedule of the learning rate
 * @param maxGradientNorm what the gradient of all weights together is scaled down to where its Euclidean norm is larger;
 *     positive infinity for any
 * @param hyperparameters of the run
 */
public record Plan(
        Objective objective,
        Optimizer optimizer,
        Schedule schedule,
        double maxGradientNorm,
        Hyperparameters hyperparameters) {

    public Plan {
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("The largest gradient norm is above 0, not " + maxGradientNorm + ".");
        }
    }

    /** A constant learning rate and gradients as they are. */
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

    /** Examples for each step. */
    public int batch() {
        return hyperparameters.batch();
    }

    /** Steps of one epoch; the last batch may be smaller. */
    public long stepsPerEpoch(int examples) {
        return (examples + batch() - 1L) / batch();
    }

    /**
     * The learning rate of a step.
     *
     * @param step from 0, counted over all epochs
     * @param examples of an epoch
     */
    public double learningRate(long step, int examples) {
        return hyperparameters.learningRate()
                * schedule.factor((double) step / (stepsPerEpoch(examples) * hyperparameters.epochs()));
    }

    /** Optimiser, schedule and clipping in words. */
    public String describe() {
        return optimizer
                + (schedule instanceof Schedule.ConstantRate ? "" : "; learning rate " + schedule)
                + (Double.isInfinite(maxGradientNorm) ? "" : "; gradients clipped to a norm of " + maxGradientNorm);
    }
}
