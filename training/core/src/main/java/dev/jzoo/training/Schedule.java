package dev.jzoo.training;

import java.util.List;

/**
 * The schedule of the learning rate: a factor of the run's learning rate, as a function of the finished share of the
 * run. {@code toString} describes it for people.
 */
public sealed interface Schedule {

    /**
     * Returns the factor of the learning rate.
     *
     * @param done finished steps divided by steps of the whole run, from 0 to below 1
     */
    double factor(double done);

    /** A constant rate. */
    record ConstantRate() implements Schedule {
        @Override
        public double factor(double done) {
            return 1;
        }

        @Override
        public String toString() {
            return "constant";
        }
    }

    /**
     * A rate that is multiplied by a factor at some points of the run: 0.1 at 0.5 and 0.75 for residual networks.
     *
     * @param decay factor at each point, above 0
     * @param places shares of the run, rising
     */
    record StepDecay(double decay, List<Double> places) implements Schedule {
        public StepDecay {
            requireAboveZero("A step's factor", decay);
            places = List.copyOf(places);
        }

        @Override
        public double factor(double done) {
            return Math.pow(
                    decay, places.stream().filter(place -> done >= place).count());
        }

        @Override
        public String toString() {
            return "times " + decay + " at " + places + " of the run";
        }
    }

    /** A rate that falls from 1 to 0 as half a cosine (Loshchilov and Hutter, 2017). */
    record Cosine() implements Schedule {
        @Override
        public double factor(double done) {
            return (1 + Math.cos(Math.PI * done)) / 2;
        }

        @Override
        public String toString() {
            return "cosine to 0";
        }
    }

    /**
     * A rate that falls exponentially, by the given factor over the whole run.
     *
     * @param end factor at the end, above 0
     */
    record Exponential(double end) implements Schedule {
        public Exponential {
            requireAboveZero("The factor at the end", end);
        }

        @Override
        public double factor(double done) {
            return Math.pow(end, done);
        }

        @Override
        public String toString() {
            return "exponential to " + end;
        }
    }

    /**
     * A rate that rises linearly over the first share of the run, and then follows another schedule, which starts when
     * the rise ends.
     *
     * @param share share of the run, above 0 and below 1
     * @param start factor at the beginning, 0 or more
     */
    record WarmUp(double share, double start, Schedule then) implements Schedule {
        public WarmUp {
            if (!(share > 0 && share < 1 && start >= 0)) {
                throw new IllegalArgumentException(
                        "A warm-up must take a share of the run between 0 and 1 and start at a factor of 0 or more, not "
                                + share + " and " + start + ".");
            }
        }

        @Override
        public double factor(double done) {
            return done < share
                    ? start + (then.factor(0) - start) * done / share
                    : then.factor((done - share) / (1 - share));
        }

        @Override
        public String toString() {
            return "warm-up over " + share + " of the run, then " + then;
        }
    }

    /** Returns a constant rate. */
    static Schedule constant() {
        return new ConstantRate();
    }

    /** Returns one cycle (Smith, 2018): a rise from 1/25 over 30 % of the run, then a cosine down. */
    static Schedule oneCycle() {
        return new WarmUp(0.3, 0.04, new Cosine());
    }

    /**
     * Finds a schedule by its name: constant, steps (a tenth of the rate after half of the run, a hundredth after three
     * quarters), cosine, exponential (to a hundredth), warm-up (over a tenth of the run, then constant), warm-up-cosine
     * or one-cycle.
     *
     * @throws IllegalArgumentException for another name
     */
    static Schedule named(String name) {
        return switch (name) {
            case "constant" -> constant();
            case "steps" -> new StepDecay(0.1, List.of(0.5, 0.75));
            case "cosine" -> new Cosine();
            case "exponential" -> new Exponential(0.01);
            case "warm-up" -> new WarmUp(0.1, 0, constant());
            case "warm-up-cosine" -> new WarmUp(0.1, 0, new Cosine());
            case "one-cycle" -> oneCycle();
            default ->
                throw new IllegalArgumentException("Unknown schedule '" + name
                        + "'. Choose one of constant, steps, cosine, exponential, warm-up, warm-up-cosine, one-cycle.");
        };
    }

    private static void requireAboveZero(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(what + " must be above 0, not " + value + ".");
        }
    }
}
