package dev.jzoo.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variances are those of the papers, for a fan-in of 50 and a fan-out of 30; a uniform distribution in plus or minus l has l^2 / 3. */
class InitialisationTest {

    private static final int COUNT = 200_000;

    private static float[] drawn(String name) {
        return Initialisation.named(name).draw(COUNT, 50, 30, new Random(7));
    }

    @ParameterizedTest
    @CsvSource({
        "glorot, 0.025, 0.2739",
        "glorot-normal, 0.025, 10",
        "he, 0.04, 10",
        "he-uniform, 0.04, 0.3465",
        "lecun, 0.02, 10"
    })
    void weightsHaveTheVarianceOfTheirPaper(String name, double variance, double largest) {
        double sum = 0;
        double squares = 0;
        double far = 0;
        for (float weight : drawn(name)) {
            sum += weight;
            squares += (double) weight * weight;
            far = Math.max(far, Math.abs(weight));
        }
        assertEquals(0, sum / COUNT, 3 * Math.sqrt(variance / COUNT));
        assertEquals(variance, squares / COUNT, 0.015 * variance);
        assertTrue(far <= largest, name + " reaches " + far);
        // A normal distribution reaches beyond 3 deviations, a uniform one to the square root of 3.
        assertEquals(largest == 10, far > 3 * Math.sqrt(variance), name);
    }

    @Test
    void theStandardIsHeInFrontOfAReluAndGlorotElsewhere() {
        List<Layer> rectified = List.of(new Layer.BatchNormalization(), Layer.Activation.RELU);
        float[] weights = new InitialWeights(7).draw(10, 50, 30, rectified);
        assertArrayEquals(Initialisation.HE_NORMAL.draw(10, 50, 30, new Random(7)), weights);
        assertArrayEquals(
                Initialisation.GLOROT_UNIFORM.draw(10, 50, 30, new Random(7)),
                new InitialWeights(7).draw(10, 50, 30, List.of(Layer.Activation.TANH)));
        assertArrayEquals(
                Initialisation.LECUN.draw(10, 50, 30, new Random(7)),
                new InitialWeights(7, Initialisation.LECUN).draw(10, 50, 30, rectified));
    }
}
