package dev.jzoo.scratch;

/**
 * An exponentially weighted moving average, a = beta a + (1 - beta) x from a = 0. It starts too low; dividing by 1 - beta^t after t
 * values corrects this.
 */
public final class MovingAverage {

    private final double beta;
    private double average;
    private long count;

    /**
     * Creates an average of 0.
     *
     * @param beta share of the average that stays with each value, from 0 to below 1
     */
    public MovingAverage(double beta) {
        this.beta = beta;
    }

    /** Adds a value and returns the average without correction. */
    public double add(double value) {
        average = beta * average + (1 - beta) * value;
        count++;
        return average;
    }

    /** Returns the average, corrected for its start. */
    public double corrected() {
        return average / (1 - Math.pow(beta, count));
    }
}
