package dev.jzoo.scratch.optimizers;

import dev.jzoo.scratch.Weight;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter, 2019): Adam with decoupled weight decay. The decay acts on the weight directly. {@link L2Penalty} acts
 * through the gradient instead, which Adam then divides by its size.
 *
 * <pre>
 * w -= rate decay w,   then the step of {@link AdamRule}
 * </pre>
 */
public final class AdamWRule implements UpdateRule {

    private final AdamRule adam;
    private final double decay;

    /**
     * Creates a rule that remembers nothing yet.
     *
     * @param adam the rule for the gradient
     * @param decay share of a weight that a step with rate 1 takes away, such as 0.01
     */
    public AdamWRule(AdamRule adam, double decay) {
        this.adam = adam;
        this.decay = decay;
    }

    @Override
    public void step(List<Weight> weights, double learningRate) {
        for (Weight weight : weights) {
            double[] w = weight.value().values();
            for (int i = 0; i < w.length; i++) {
                w[i] -= learningRate * decay * w[i];
            }
        }
        adam.step(weights, learningRate);
    }
}
