package dev.jzoo.labs.backpropagation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import dev.jzoo.labs.backpropagation.BackpropScratchLab.HandmadeNetwork;
import dev.jzoo.scratch.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** The gradients of the lab's network against those of DJL's PyTorch, in double precision. */
class BackpropScratchDjlTest {

    private static final double TOLERANCE = 1e-5;

    @Test
    void theGradientsOfTheRegressionEqualThoseOfDjl() {
        Random random = new Random(3);
        HandmadeNetwork network = HandmadeNetwork.random(2, 7, 2, random);
        Array x = Array.zeros(11, 2).map(zero -> random.nextGaussian());
        Array targets = Array.zeros(11, 2).map(zero -> random.nextGaussian());
        Array dy = BackpropScratchLab.squaredErrorGradient(network.output(x), targets);
        assertEqualsDjl(
                network,
                x,
                targets,
                network.gradients(x, dy),
                BackpropScratchLab.squaredError(network.output(x), targets),
                (t, y) -> y.sub(t).square().mean());
    }

    @Test
    void theGradientsOfTheClassificationEqualThoseOfDjl() {
        Random random = new Random(4);
        HandmadeNetwork network = HandmadeNetwork.random(3, 5, 4, random);
        Array x = Array.zeros(13, 3).map(zero -> 2 * random.nextGaussian());
        Array targets = Array.zeros(13, 4);
        for (int i = 0; i < 13; i++) {
            targets.set(1, i, random.nextInt(4));
        }
        Array dy = BackpropScratchLab.crossEntropyGradient(network.output(x), targets);
        Loss loss = new SoftmaxCrossEntropyLoss("loss", 1, -1, false, true);
        assertEqualsDjl(
                network,
                x,
                targets,
                network.gradients(x, dy),
                BackpropScratchLab.crossEntropy(network.output(x), targets),
                (t, y) -> loss.evaluate(new NDList(t), new NDList(y)));
    }

    private static void assertEqualsDjl(
            HandmadeNetwork network,
            Array x,
            Array targets,
            List<Array> gradients,
            double value,
            BinaryOperator<NDArray> loss) {
        try (NDManager manager = NDManager.newBaseManager()) {
            List<NDArray> parameters =
                    network.parameters().stream().map(p -> of(manager, p)).toList();
            parameters.forEach(p -> p.setRequiresGradient(true));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray hidden = of(manager, x)
                        .matMul(parameters.get(0))
                        .add(parameters.get(1))
                        .tanh();
                NDArray output = hidden.matMul(parameters.get(2)).add(parameters.get(3));
                NDArray result = loss.apply(of(manager, targets), output);
                collector.backward(result);
                assertEquals(result.toDoubleArray()[0], value, TOLERANCE);
            }
            for (int p = 0; p < 4; p++) {
                double[] expected = parameters.get(p).getGradient().toDoubleArray();
                assertTrue(Arrays.stream(expected).map(Math::abs).max().orElseThrow() > 1e-3, "a gradient of 0");
                assertArrayEquals(expected, gradients.get(p).values(), TOLERANCE);
            }
        }
    }

    private static NDArray of(NDManager manager, Array array) {
        long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
        return manager.create(array.values(), new Shape(shape));
    }
}
