package dev.jzoo.scratch.optimizers;

/**
 * AdaGrad (Duchi, Hazan and Singer, 2011): weights with large gradients so far take small steps. The sum only grows, so the steps shrink for ever.
 *
 * <pre>
 * s = s + g²
 * w -= rate g / (sqrt(s) + epsilon)
 * </pre>
 */
public final class AdaGradRule extends WeightwiseRule {

    private final double epsilon;

    /**
     * Creates a rule that remembers nothing yet.
     *
     * @param epsilon keeps the first divisor above 0, such as 1e-8
     */
    public AdaGradRule(double epsilon) {
        super(1);
        this.epsilon = epsilon;
    }

    @Override
    void update(double[] w, double[] g, double[][] memory, double rate, long step) {
        double[] s = memory[0];
        for (int i = 0; i < w.length; i++) {
            s[i] += g[i] * g[i];
            w[i] -= rate * g[i] / (Math.sqrt(s[i]) + epsilon);
        }
    }
}
