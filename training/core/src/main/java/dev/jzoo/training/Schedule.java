package dev.jzoo.training;

import java.util.List;

/**
 * How the learning rate goes through a run: a factor of the run's learning rate, by the share of the run that is done.
 * {@code toString} describes it for people.
 */
public sealed interface Schedule {

    /**
     * The factor of the learning rate.
     *
     * @param done steps done, over steps of the whole run: from 0 to below 1
     */
    double factor(double done);

    /** The same rate all the time. */
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
     * Multiplies the rate where a share of the run is done: 0.1 at 0.5 and 0.75 for residual networks.
     *
     * @param decay factor at each place, above 0
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

    /** Falls as half a cosine from 1 to 0 (Loshchilov and Hutter, 2017). */
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
     * Falls exponentially, by the given factor over the whole run.
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
     * Rises in a straight line over the first share of the run; the rest is another schedule's, whose 0 is where the rise ends.
     *
     * @param share of the run, above 0 and below 1
     * @param start factor at the beginning, 0 or more
     */
    record WarmUp(double share, double start, Schedule then) implements Schedule {
        public WarmUp {
            if (!(share > 0 && share < 1 && start >= 0)) {
                throw new IllegalArgumentException(
                        "A warm-up takes a share of the run between 0 and 1 and starts at a factor of 0 or more, not "
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

    /** The same rate all the time. */
    static Schedule constant() {
        return new ConstantRate();
    }

    /** One cycle (Smith, 2018): up from a 25th over 30 % of the run, then down as a cosine. */
    static Schedule oneCycle() {
        return new WarmUp(0.3, 0.04, new Cosine());
    }

    /**
     * Finds a schedule by its name: constant, steps (a tenth of the rate from half of the run on, a hundredth from three quarters on), cosine,
     * exponential (to a hundredth), warm-up (over a tenth of the run, then constant), warm-up-cosine or one-cycle.
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
                throw new IllegalArgumentException("No schedule '" + name
                        + "'. There are constant, steps, cosine, exponential, warm-up, warm-up-cosine, one-cycle.");
        };
    }

    private static void requireAboveZero(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(what + " is above 0, not " + value + ".");
        }
    }
}
