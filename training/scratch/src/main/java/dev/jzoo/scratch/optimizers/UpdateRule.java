package dev.jzoo.scratch.optimizers;

import dev.jzoo.scratch.Weight;
import java.util.List;

/**
 * A rule that changes weights by their gradients. {@link #step} keeps what it remembers, such as a velocity, for each weight, so use one
 * rule for one list of weights.
 */
public interface UpdateRule {

    /**
     * Changes each weight once.
     *
     * @param learningRate size of the step
     */
    void step(List<Weight> weights, double learningRate);
}
