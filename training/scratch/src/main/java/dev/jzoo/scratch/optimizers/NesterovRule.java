package dev.jzoo.scratch.optimizers;

/**
 * Nesterov momentum (Nesterov, 1983, in the form of Sutskever et al., 2013): the gradient step looks ahead along the velocity.
 *
 * <pre>
 * v = momentum v + g
 * w -= rate (g + momentum v)
 * </pre>
 */
public final class NesterovRule extends WeightwiseRule {

    private final double momentum;

    /**
     * Creates a rule that remembers nothing yet.
     *
     * @param momentum share of the velocity that stays, from 0 to below 1
     */
    public NesterovRule(double momentum) {
        super(1);
        this.momentum = momentum;
    }

    @Override
    void update(double[] w, double[] g, double[][] memory, double rate, long step) {
        double[] v = memory[0];
        for (int i = 0; i < w.length; i++) {
            v[i] = momentum * v[i] + g[i];
            w[i] -= rate * (g[i] + momentum * v[i]);
        }
    }
}
