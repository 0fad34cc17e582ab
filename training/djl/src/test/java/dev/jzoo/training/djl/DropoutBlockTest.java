package dev.jzoo.training.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DropoutBlockTest {

    private static final int SIZE = 100_003;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray applied(double share, NDArray input, boolean training) {
        ParameterStore store = new ParameterStore(manager, false);
        return new DropoutBlock(share)
                .forward(store, new NDList(input), training)
                .singletonOrThrow();
    }

    private float[] ofOnes(double share) {
        return applied(share, manager.ones(new Shape(SIZE)), true).toFloatArray();
    }

    private static double zeros(float[] values, int first, int step) {
        int zeros = 0;
        int all = 0;
        for (int i = first; i < values.length; i += step, all++) {
            zeros += values[i] == 0 ? 1 : 0;
        }
        return (double) zeros / all;
    }

    @Test
    void theShareIsDroppedAndTheMeanStays() {
        for (double share : new double[] {0.1, 0.25, 0.5, 0.9}) {
            float[] values = ofOnes(share);
            assertEquals(share, zeros(values, 0, 1), 0.006, "share " + share);
            // Four values are drawn at once: each of the four has the same share.
            for (int first = 0; first < 4; first++) {
                assertEquals(share, zeros(values, first, 4), 0.012, "share " + share + " at " + first);
            }
            for (float value : values) {
                assertTrue(value == 0 || Math.abs(value - 1 / (1 - share)) < 1e-3 / (1 - share), "value " + value);
            }
        }
    }

    @Test
    void neighboursAreDroppedIndependently() {
        float[] values = ofOnes(0.5);
        int both = 0;
        for (int i = 1; i < SIZE; i++) {
            both += values[i] == 0 && values[i - 1] == 0 ? 1 : 0;
        }
        assertEquals(0.25, (double) both / SIZE, 0.006);
    }

    @Test
    void eachPassHasAnotherMaskAndTheSameSeedTheSameMasks() {
        Engine.getInstance().setRandomSeed(7);
        float[] first = ofOnes(0.5);
        float[] second = ofOnes(0.5);
        assertFalse(Arrays.equals(first, second));
        Engine.getInstance().setRandomSeed(7);
        assertArrayEquals(first, ofOnes(0.5));
        assertArrayEquals(second, ofOnes(0.5));
        Engine.getInstance().setRandomSeed(8);
        assertFalse(Arrays.equals(first, ofOnes(0.5)));
    }

    @Test
    void theGradientIsDroppedWhereTheValueIs() {
        NDArray input = manager.ones(new Shape(4, 25));
        input.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray output = applied(0.4, input, true);
            assertEquals(new Shape(4, 25), output.getShape());
            collector.backward(output.sum());
            assertArrayEquals(output.toFloatArray(), input.getGradient().toFloatArray(), 1e-6f);
        }
    }

    @Test
    void nothingIsDroppedOutsideTrainingOrWithAShareOfZero() {
        NDArray input = manager.arange(6f).reshape(2, 3);
        assertArrayEquals(input.toFloatArray(), applied(0.5, input, false).toFloatArray());
        assertArrayEquals(input.toFloatArray(), applied(0, input, true).toFloatArray());
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        for (double share : new double[] {-0.1, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new DropoutBlock(share));
        }
    }
}
