package dev.jzoo.scratch.optimizers;

import dev.jzoo.scratch.Weight;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A rule that treats every number of every weight alike and remembers a few numbers for each. */
abstract class WeightwiseRule implements UpdateRule {

    private final int remembered;
    private final Map<Weight, double[][]> memory = new IdentityHashMap<>();
    private long steps;

    /** Creates a rule that remembers that many numbers for each number of a weight, 0 at first. */
    WeightwiseRule(int remembered) {
        this.remembered = remembered;
    }

    /**
     * Changes one weight.
     *
     * @param w its values, to be changed
     * @param g the gradient
     * @param memory remembered arrays of the same length, to be changed
     * @param rate learning rate
     * @param step number of this step, from 1
     */
    abstract void update(double[] w, double[] g, double[][] memory, double rate, long step);

    @Override
    public final void step(List<Weight> weights, double learningRate) {
        steps++;
        for (Weight weight : weights) {
            double[] values = weight.value().values();
            double[][] remembers = memory.computeIfAbsent(weight, each -> new double[remembered][values.length]);
            update(values, weight.gradient().values(), remembers, learningRate, steps);
        }
    }
}
