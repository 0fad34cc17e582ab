package dev.jzoo.training.dl4j;

import dev.jzoo.training.Plan;
import java.util.Arrays;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A plan's learning rate for DL4J, which reads it by step. The network's file stores the rates at up to a thousand
 * points of the run, so that it can be read without the plan.
 */
final class Dl4jSchedule implements ISchedule {

    private static final long serialVersionUID = 1;
    private static final int PLACES = 1000;

    @JsonProperty
    private final double[] rates;

    @JsonProperty
    private final long steps;

    @JsonCreator
    Dl4jSchedule(@JsonProperty("rates") double[] rates, @JsonProperty("steps") long steps) {
        this.rates = rates;
        this.steps = steps;
    }

    /**
     * Returns the schedule of a plan.
     *
     * @param examples number of examples in an epoch
     */
    static Dl4jSchedule of(Plan plan, int examples) {
        long steps = plan.stepsPerEpoch(examples) * plan.hyperparameters().epochs();
        double[] rates = new double[(int) Math.min(PLACES, steps)];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = plan.learningRate(i * steps / rates.length, examples);
        }
        return new Dl4jSchedule(rates, steps);
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        long place = iteration * (long) rates.length / steps;
        return rates[(int) Math.min(place, rates.length - 1L)];
    }

    @Override
    public ISchedule clone() {
        return new Dl4jSchedule(rates.clone(), steps);
    }

    /**
     * Compares by value: DL4J keeps the state of layers with equal updaters in one block, and must find the same blocks
     * again.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Dl4jSchedule that && steps == that.steps && Arrays.equals(rates, that.rates);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rates);
    }
}
