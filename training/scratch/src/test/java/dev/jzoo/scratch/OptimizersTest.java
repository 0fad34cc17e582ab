package dev.jzoo.scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.jzoo.scratch.optimizers.AdaGradRule;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.AdamWRule;
import dev.jzoo.scratch.optimizers.GradientClipping;
import dev.jzoo.scratch.optimizers.L2Penalty;
import dev.jzoo.scratch.optimizers.MomentumRule;
import dev.jzoo.scratch.optimizers.NesterovRule;
import dev.jzoo.scratch.optimizers.RmsPropRule;
import dev.jzoo.scratch.optimizers.SgdRule;
import dev.jzoo.scratch.optimizers.UpdateRule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Update rules beside DJL's optimisers, for 100 steps in double precision. DJL's PyTorch engine has no AdaGrad, RMSprop and Nesterov
 * momentum, so these are compared with loops over the published formulas, number by number. All constants are exact in float, because
 * DJL's are floats.
 */
class OptimizersTest {

    private static final int STEPS = 100;
    private static final float RATE = 0.03125f;
    private static final float DECAY = 0.125f;

    /** Minus the gradient of a bowl, with noise: the same in both libraries as long as the weights are. */
    private static double gradient(double w, int i, double noise) {
        return (0.1 + i) * (w - 1) + noise;
    }

    private static Weight weight() {
        return new Weight("weight", WeightInit.normal(1).draw(new Random(3), 1, 1, 2, 3));
    }

    private static double[] run(UpdateRule rule) {
        Weight weight = weight();
        Random noise = new Random(4);
        for (int step = 0; step < STEPS; step++) {
            Array gradient = Array.zeros(2, 3);
            for (int i = 0; i < 6; i++) {
                gradient.values()[i] = gradient(weight.value().values()[i], i, noise.nextGaussian());
            }
            weight.setGradient(gradient);
            rule.step(List.of(weight), RATE);
        }
        return weight.value().values();
    }

    private static double[] run(Optimizer optimizer) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray w = Djl.of(manager, weight().value());
            w.setRequiresGradient(true);
            Random noise = new Random(4);
            for (int step = 0; step < STEPS; step++) {
                double[] values = w.toDoubleArray();
                for (int i = 0; i < 6; i++) {
                    values[i] = gradient(values[i], i, noise.nextGaussian());
                }
                optimizer.update("weight", w, manager.create(values).reshape(2, 3));
            }
            return w.toDoubleArray();
        }
    }

    /** Changes one number once, by its gradient and two numbers that it remembers. */
    private interface ScalarStep {
        double next(double w, double g, double[] memory, int step);
    }

    private static double[] run(ScalarStep formula) {
        double[] w = weight().value().values();
        double[][] memory = new double[6][2];
        Random noise = new Random(4);
        for (int step = 1; step <= STEPS; step++) {
            for (int i = 0; i < 6; i++) {
                w[i] = formula.next(w[i], gradient(w[i], i, noise.nextGaussian()), memory[i], step);
            }
        }
        return w;
    }

    private static void assertSame(double[] expected, double[] actual) {
        double[] start = weight().value().values();
        for (int i = 0; i < 6; i++) {
            assertEquals(expected[i], actual[i], 1e-6 * Math.max(1, Math.abs(expected[i])));
            assertTrue(Math.abs(expected[i] - start[i]) > 1e-3, "the weights must have moved");
        }
    }

    @Test
    void gradientDescentIsThatOfDjl() {
        assertSame(
                run(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(RATE)).build()), run(new SgdRule()));
    }

    @Test
    void momentumIsThatOfDjl() {
        assertSame(
                run(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(RATE))
                        .optMomentum(0.875f)
                        .build()),
                run(new MomentumRule(0.875)));
    }

    @Test
    void penaltyOnLargeWeightsIsTheDecayOfDjl() {
        assertSame(
                run(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(RATE))
                        .optMomentum(0.875f)
                        .optWeightDecays(DECAY)
                        .build()),
                run(new L2Penalty(new MomentumRule(0.875), DECAY)));
        assertSame(
                run(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(RATE))
                        .optBeta1(0.875f)
                        .optBeta2(0.9921875f)
                        .optWeightDecays(DECAY)
                        .build()),
                run(new L2Penalty(new AdamRule(0.875, 0.9921875, 1e-8), DECAY)));
    }

    @Test
    void adamIsThatOfDjl() {
        assertSame(
                run(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(RATE))
                        .optBeta1(0.875f)
                        .optBeta2(0.9921875f)
                        .build()),
                run(new AdamRule(0.875, 0.9921875, 1e-8)));
    }

    @Test
    void adamWithDecoupledDecayIsThatOfDjl() {
        assertSame(
                run(Optimizer.adamW()
                        .optLearningRateTracker(Tracker.fixed(RATE))
                        .optBeta1(0.875f)
                        .optBeta2(0.9921875f)
                        .optWeightDecays(DECAY)
                        .build()),
                run(new AdamWRule(new AdamRule(0.875, 0.9921875, 1e-8), DECAY)));
    }

    /** Sutskever et al. (2013) evaluate the gradient at w + mu v. The rule stores that point, so both paths differ by mu v. */
    @Test
    void nesterovMomentumIsThatOfTheFormulaWithALookAhead() {
        double mu = 0.875;
        double[] expected = run((ahead, g, memory, step) -> {
            double w = ahead - mu * memory[0];
            double v = mu * memory[0] - RATE * g;
            memory[0] = v;
            return w + v + mu * v;
        });
        assertSame(expected, run(new NesterovRule(mu)));
    }

    @Test
    void adaGradIsThatOfTheFormula() {
        double[] expected = run((w, g, memory, step) -> {
            memory[0] += Math.pow(g, 2);
            return w - RATE / (Math.sqrt(memory[0]) + 1e-8) * g;
        });
        assertSame(expected, run(new AdaGradRule(1e-8)));
    }

    @Test
    void rmsPropIsThatOfTheFormula() {
        double[] expected = run((w, g, memory, step) -> {
            memory[0] += (1 - 0.9) * (Math.pow(g, 2) - memory[0]);
            return w - RATE / (Math.sqrt(memory[0]) + 1e-8) * g;
        });
        assertSame(expected, run(new RmsPropRule(0.9, 1e-8)));
    }

    @Test
    void decayActsDifferentlyThroughTheGradientAndDirectly() {
        double[] coupled = run(new L2Penalty(new AdamRule(), DECAY));
        double[] decoupled = run(new AdamWRule(new AdamRule(), DECAY));
        assertTrue(Math.abs(coupled[0] - decoupled[0]) > 1e-3, coupled[0] + " and " + decoupled[0]);
    }

    @Test
    void penaltyIsHalfLambdaTimesTheSquares() {
        Weight weight = new Weight("weight", Array.of(new double[] {1, 2, 3}, 3));
        assertEquals(0.5 * 0.1 * 14, new L2Penalty(new SgdRule(), 0.1).value(List.of(weight)), 1e-15);
    }

    @Test
    void clippingKeepsTheDirectionAndLimitsTheNorm() {
        Weight first = new Weight("weight", Array.zeros(2));
        Weight second = new Weight("bias", Array.zeros(1));
        first.setGradient(Array.of(new double[] {3, 4}, 2));
        second.setGradient(Array.of(new double[] {12}, 1));
        assertEquals(13, GradientClipping.clip(List.of(first, second), 6.5), 1e-12);
        assertEquals(1.5, first.gradient().get(0), 1e-12);
        assertEquals(6, second.gradient().get(0), 1e-12);
        assertEquals(6.5, GradientClipping.clip(List.of(first, second), 100), 1e-12);
        assertEquals(2, first.gradient().get(1), 1e-12);
    }
}
