package dev.jzoo.scratch.optimizers;

/**
 * Adam (Kingma and Ba, 2015): momentum and RMSprop, both corrected for starting at 0. In step t:
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g,   s = beta2 s + (1 - beta2) g²
 * w -= rate m / (1 - beta1^t) / (sqrt(s / (1 - beta2^t)) + epsilon)
 * </pre>
 */
public final class AdamRule extends WeightwiseRule {

    private final double beta1;
    private final double beta2;
    private final double epsilon;

    /** Creates a rule with the paper's 0.9, 0.999 and 1e-8. */
    public AdamRule() {
        this(0.9, 0.999, 1e-8);
    }

    /**
     * Creates a rule that remembers nothing yet.
     *
     * @param beta1 share of the first moment that stays, such as 0.9
     * @param beta2 share of the second moment that stays, such as 0.999
     * @param epsilon keeps the divisor above 0, such as 1e-8
     */
    public AdamRule(double beta1, double beta2, double epsilon) {
        super(2);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
    }

    @Override
    void update(double[] w, double[] g, double[][] memory, double rate, long step) {
        double[] m = memory[0];
        double[] s = memory[1];
        double firstCorrection = 1 - Math.pow(beta1, step);
        double secondCorrection = 1 - Math.pow(beta2, step);
        for (int i = 0; i < w.length; i++) {
            m[i] = beta1 * m[i] + (1 - beta1) * g[i];
            s[i] = beta2 * s[i] + (1 - beta2) * g[i] * g[i];
            w[i] -= rate * m[i] / firstCorrection / (Math.sqrt(s[i] / secondCorrection) + epsilon);
        }
    }
}
