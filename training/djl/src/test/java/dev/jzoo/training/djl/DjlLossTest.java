package dev.jzoo.training.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Objective;
import dev.jzoo.training.testing.FreedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlLossTest {

    private static final float[][] LOGITS = {{0.5f, -1, 2}, {1.5f, 0, -0.25f}};
    private static final long[] CLASSES = {2, 1};
    private static final int COUNT = 3;

    /** Of a logit: (p - target) / n, where a target is (1 - s) for its class and s / classes for every one. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5})
    void theGradientOfACrossEntropyIsProbabilityLessTarget(double smoothing) throws InterruptedException {
        float[] gradient = gradient(new Objective.CrossEntropy(smoothing));
        for (int row = 0; row < LOGITS.length; row++) {
            double sum = 0;
            for (float logit : LOGITS[row]) {
                sum += Math.exp(logit);
            }
            for (int i = 0; i < COUNT; i++) {
                double target = smoothing / COUNT + (i == CLASSES[row] ? 1 - smoothing : 0);
                double expected = (Math.exp(LOGITS[row][i]) / sum - target) / LOGITS.length;
                assertEquals(expected, gradient[row * COUNT + i], 1e-6, row + ", " + i);
            }
        }
    }

    /** Garbage is collected between the two passes, as may happen at any step of a training. */
    private static float[] gradient(Objective objective) throws InterruptedException {
        new DjlEngine().start(Compute.standard(), 1);
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
            NDArray logits = manager.create(LOGITS);
            logits.setRequiresGradient(true);
            NDArray classes = manager.create(CLASSES, new Shape(CLASSES.length, 1));
            NDArray loss = DjlLoss.of(objective).of(logits, classes);
            FreedMemory.overwrite();
            collector.backward(loss);
            return logits.getGradient().toFloatArray();
        }
    }

    @Test
    void theLossOfSmoothedLabelsIsTheMeanOfBothPartsByTheirShares() {
        new DjlEngine().start(Compute.standard(), 1);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.create(new float[][] {{0, (float) Math.log(3)}});
            NDArray classes = manager.create(new long[] {1}, new Shape(1, 1));
            double expected = -(0.8 * Math.log(0.75) + 0.2 * (Math.log(0.75) + Math.log(0.25)) / 2);
            NDArray loss = DjlLoss.of(new Objective.CrossEntropy(0.2)).of(logits, classes);
            assertEquals(expected, loss.getFloat(), 1e-6);
        }
    }
}
