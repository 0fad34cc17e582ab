package dev.jzoo.scratch.optimizers;

import dev.jzoo.scratch.Weight;
import java.util.List;

/**
 * A penalty on large weights that is added to the loss, before any rule (ridge regression; Hoerl and Kennard, 1970). With SGD, it is the
 * same as weight decay; with Adam, it is not.
 *
 * <pre>
 * L' = L + lambda / 2 sum of w²,   so g' = g + lambda w
 * </pre>
 */
public final class L2Penalty implements UpdateRule {

    private final UpdateRule rule;
    private final double lambda;

    /** Creates a penalty in front of a rule. */
    public L2Penalty(UpdateRule rule, double lambda) {
        this.rule = rule;
        this.lambda = lambda;
    }

    /** Returns lambda / 2 times the sum of the squared weights. */
    public double value(List<Weight> weights) {
        double sum = 0;
        for (Weight weight : weights) {
            double norm = weight.value().norm();
            sum += norm * norm;
        }
        return lambda / 2 * sum;
    }

    @Override
    public void step(List<Weight> weights, double learningRate) {
        for (Weight weight : weights) {
            weight.setGradient(weight.gradient().map(weight.value(), (g, w) -> g + lambda * w));
        }
        rule.step(weights, learningRate);
    }
}
