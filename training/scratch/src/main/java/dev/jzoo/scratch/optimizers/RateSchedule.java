package dev.jzoo.scratch.optimizers;

/** A learning rate as a function of the progress of a training, from 0 at its start to 1 at its end. */
@FunctionalInterface
public interface RateSchedule {

    /** Returns the learning rate at a progress from 0 to 1. */
    double at(double progress);

    /** Returns a rate that does not change. */
    static RateSchedule constant(double rate) {
        return progress -> rate;
    }

    /** Returns a rate that is multiplied by a factor after each of some equal parts of the training. */
    static RateSchedule steps(double rate, double factor, int parts) {
        return progress -> rate * Math.pow(factor, Math.min(parts - 1, Math.floor(progress * parts)));
    }

    /** Returns rate · ratio^progress. */
    static RateSchedule exponential(double rate, double ratio) {
        return progress -> rate * Math.pow(ratio, progress);
    }

    /** Returns half a cosine from the rate to 0 (Loshchilov and Hutter, 2017). */
    static RateSchedule cosine(double rate) {
        return progress -> rate * (1 + Math.cos(Math.PI * progress)) / 2;
    }

    /** Returns a rise from 0 during a share of the training, then another schedule from its start to its end. */
    static RateSchedule warmUp(double share, RateSchedule after) {
        return progress ->
                progress < share ? after.at(0) * progress / share : after.at((progress - share) / (1 - share));
    }

    /** Returns one cycle (Smith and Topin, 2019): half a cosine from rate / 25 up to the rate during 30 %, then one down to rate / 1e4. */
    static RateSchedule oneCycle(double rate) {
        return progress -> progress < 0.3
                ? between(rate / 25, rate, progress / 0.3)
                : between(rate, rate / 1e4, (progress - 0.3) / 0.7);
    }

    private static double between(double from, double to, double share) {
        return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
}
