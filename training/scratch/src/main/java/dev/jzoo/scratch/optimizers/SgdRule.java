package dev.jzoo.scratch.optimizers;

/**
 * Stochastic gradient descent (Robbins and Monro, 1951).
 *
 * <pre>
 * w -= rate g
 * </pre>
 */
public final class SgdRule extends WeightwiseRule {

    /** Creates a rule. It remembers nothing. */
    public SgdRule() {
        super(0);
    }

    @Override
    void update(double[] w, double[] g, double[][] memory, double rate, long step) {
        for (int i = 0; i < w.length; i++) {
            w[i] -= rate * g[i];
        }
    }
}
