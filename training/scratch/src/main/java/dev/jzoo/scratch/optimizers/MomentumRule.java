package dev.jzoo.scratch.optimizers;

/**
 * Gradient descent with momentum (Polyak, 1964): a ball with friction. Steps in one direction add up to rate / (1 - momentum).
 *
 * <pre>
 * v = momentum v + g
 * w -= rate v
 * </pre>
 */
public final class MomentumRule extends WeightwiseRule {

    private final double momentum;

    /**
     * Creates a rule that remembers nothing yet.
     *
     * @param momentum share of the velocity that stays, from 0 to below 1
     */
    public MomentumRule(double momentum) {
        super(1);
        this.momentum = momentum;
    }

    @Override
    void update(double[] w, double[] g, double[][] memory, double rate, long step) {
        double[] v = memory[0];
        for (int i = 0; i < w.length; i++) {
            v[i] = momentum * v[i] + g[i];
            w[i] -= rate * v[i];
        }
    }
}
