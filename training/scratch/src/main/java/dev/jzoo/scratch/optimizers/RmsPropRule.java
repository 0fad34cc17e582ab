package dev.jzoo.scratch.optimizers;

/**
 * RMSprop (Tieleman and Hinton, 2012): AdaGrad with a moving average instead of a sum, which forgets.
 *
 * <pre>
 * s = rho s + (1 - rho) g²
 * w -= rate g / (sqrt(s) + epsilon)
 * </pre>
 */
public final class RmsPropRule extends WeightwiseRule {

    private final double rho;
    private final double epsilon;

    /**
     * Creates a rule that remembers nothing yet.
     *
     * @param rho share of the average that stays, such as 0.9
     * @param epsilon keeps the divisor above 0, such as 1e-8
     */
    public RmsPropRule(double rho, double epsilon) {
        super(1);
        this.rho = rho;
        this.epsilon = epsilon;
    }

    @Override
    void update(double[] w, double[] g, double[][] memory, double rate, long step) {
        double[] s = memory[0];
        for (int i = 0; i < w.length; i++) {
            s[i] = rho * s[i] + (1 - rho) * g[i] * g[i];
            w[i] -= rate * g[i] / (Math.sqrt(s[i]) + epsilon);
        }
    }
}
