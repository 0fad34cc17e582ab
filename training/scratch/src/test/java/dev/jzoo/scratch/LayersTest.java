package dev.jzoo.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.checking.GradientCheck;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.scratch.layers.SelfAttention.AttentionMask;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.scratch.layers.SoftmaxLayer;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Properties of layers that a comparison of one forward and one backward pass does not show. */
class LayersTest {

    private final Random random = new Random(6);

    private Array normal(int... shape) {
        return WeightInit.normal(1).draw(random, 1, 1, shape);
    }

    @Test
    void networkOfManyLayersHasTheGradientsOfFiniteDifferences() {
        NeuralNetwork network = NeuralNetwork.of(
                Conv2d.of(1, 3, 3, 1, 1, WeightInit.he(), random),
                new BatchNorm(3, 0.9, 1e-5),
                Elementwise.tanh(),
                new MaxPool2d(2, 2),
                new FlattenLayer(),
                DenseLayer.of(12, 5, WeightInit.xavier(), random),
                Elementwise.sigmoid(),
                DenseLayer.of(5, 3, WeightInit.xavierUniform(), random));
        Array targets = SoftmaxCrossEntropy.oneHot(new int[] {0, 2, 1, 1}, 3);
        GradientCheck check = GradientCheck.of(network, new SoftmaxCrossEntropy(), normal(4, 1, 4, 4), targets);
        assertEquals(30 + 6 + 65 + 18, check.count());
        assertTrue(check.worst() <= 1e-6, "differs by " + check.worst());
    }

    /** A layer that claims the wrong slope must be found out. */
    @Test
    void wrongGradientIsFound() {
        NeuralLayer wrong = new NeuralLayer() {
            @Override
            public Array forward(Array input, Phase phase) {
                return input.map(x -> x * x);
            }

            @Override
            public Array backward(Array gradient) {
                return gradient.times(2.001);
            }
        };
        Array ones = Array.of(new double[] {1, 1}, 1, 2);
        assertEquals(0.001 / 2, GradientCheck.of(wrong, ones, ones.copy()).worst(), 1e-6);
    }

    @Test
    void gradientsWithoutThatOfTheInputAreTheSame() {
        for (LayerCase layer : LayerCases.all()) {
            Array r = layer.layer().forward(layer.input(), layer.phase());
            layer.layer().backward(r);
            List<Array> expected =
                    layer.layer().weights().stream().map(Weight::gradient).toList();
            layer.layer().setGradients(r);
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(
                        expected.get(i).values(),
                        layer.layer().weights().get(i).gradient().values(),
                        layer.name());
            }
        }
    }

    @Test
    void dropoutKeepsTheMeanAndItsGradientHasTheSameMask() {
        Array ones = Array.zeros(1000, 100).map(zero -> 1);
        DropoutLayer dropout = new DropoutLayer(0.3, 1);
        Array output = dropout.forward(ones, Phase.TRAINING);
        double deviationOfMean = Math.sqrt(0.3 / 0.7 / ones.count());
        assertEquals(1, output.sum() / ones.count(), 4 * deviationOfMean);
        assertTrue(Arrays.stream(output.values()).allMatch(y -> y == 0 || y == 1 / 0.7));
        assertArrayEquals(output.values(), dropout.backward(ones).values());
        Array x = normal(3, 4);
        Array r = normal(3, 4);
        DropoutLayer twin = new DropoutLayer(0.5, 2);
        twin.forward(x, Phase.TRAINING);
        Array gradient = twin.backward(r);
        GradientCheck check = GradientCheck.compare(
                () -> new DropoutLayer(0.5, 2)
                        .forward(x, Phase.TRAINING)
                        .times(r)
                        .sum(),
                x,
                gradient);
        assertTrue(check.worst() <= 1e-6, "differs by " + check.worst());
    }

    @Test
    void runningAveragesOfBatchNormalisationAreThoseOfDjl() {
        BatchNorm layer = new BatchNorm(3, 0.875, 1e-5);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray mean = manager.zeros(new ai.djl.ndarray.types.Shape(3), ai.djl.ndarray.types.DataType.FLOAT64);
            NDArray variance = mean.add(1);
            NDArray ones = mean.add(1);
            for (int step = 0; step < 5; step++) {
                Array x = normal(4, 3, 2, 2);
                layer.forward(x, Phase.TRAINING);
                ai.djl.nn.norm.BatchNorm.batchNorm(
                        Djl.of(manager, x), mean, variance, ones, mean.zerosLike(), 1, 0.875f, 1e-5f, true);
            }
            assertArrayEquals(mean.toDoubleArray(), layer.runningMean(), 1e-9);
            assertArrayEquals(variance.toDoubleArray(), layer.runningVariance(), 1e-9);
        }
    }

    /** DJL's side runs windows of two steps, each from the state of the one before, through which no gradient passes. */
    @Test
    void truncatedBackpropagationStopsBetweenWindows() {
        Array x = normal(2, 5, 3);
        SimpleRnn layer = new SimpleRnn(normal(3, 4), normal(4, 4), normal(4), 2);
        Array y = layer.forward(x, Phase.TRAINING);
        Array r = normal(2, 5, 4);
        Array inputGradient = layer.backward(r);
        List<Weight> w = layer.weights();
        List<Array> expected = Djl.valueAndGradients(
                arrays -> {
                    NDArray in = arrays.get(0);
                    List<NDArray> weights = arrays.subList(1, 4);
                    NDArray first = LayerCases.rnn(in.get(":, 0:2, :"), weights, 4);
                    NDArray second = LayerCases.rnn(in.get(":, 2:4, :"), last(first), weights);
                    NDArray third = LayerCases.rnn(in.get(":, 4:5, :"), last(second), weights);
                    return first.getNDArrayInternal().concat(new NDList(second, third), 1);
                },
                List.of(x, w.get(0).value(), w.get(1).value(), w.get(2).value()),
                r);
        assertArrayEquals(expected.get(0).values(), y.values(), 1e-9);
        assertArrayEquals(expected.get(1).values(), inputGradient.values(), 1e-9);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(
                    expected.get(2 + i).values(),
                    w.get(i).gradient().values(),
                    1e-9,
                    w.get(i).name());
        }
    }

    private static NDArray last(NDArray states) {
        return states.get(":, 1, :").expandDims(0).stopGradient();
    }

    @Test
    void truncationAsLongAsTheSequenceIsFullBackpropagation() {
        Array x = normal(2, 5, 3);
        Array r = normal(2, 5, 4);
        Array[] weights = {normal(3, 4), normal(4, 4), normal(4)};
        SimpleRnn full = new SimpleRnn(weights[0], weights[1], weights[2]);
        SimpleRnn truncated = new SimpleRnn(weights[0], weights[1], weights[2], 5);
        full.forward(x, Phase.TRAINING);
        truncated.forward(x, Phase.TRAINING);
        assertArrayEquals(full.backward(r).values(), truncated.backward(r).values());
    }

    @Test
    void causalAttentionDoesNotSeeLaterSteps() {
        SelfAttention layer = SelfAttention.of(3, 4, AttentionMask.CAUSAL, WeightInit.normal(1), random);
        Array x = normal(1, 5, 3);
        Array before = layer.forward(x, Phase.INFERENCE);
        x.set(9, 0, 3, 1);
        Array after = layer.forward(x, Phase.INFERENCE);
        assertArrayEquals(Arrays.copyOf(before.values(), 12), Arrays.copyOf(after.values(), 12));
        assertTrue(before.get(0, 3, 0) != after.get(0, 3, 0));
        Array attention = layer.attention(0);
        assertEquals(5, attention.sum(), 1e-12);
        assertEquals(0, attention.get(1, 2));
    }

    @Test
    void naiveSoftmaxOverflowsAndTheStableOneDoesNot() {
        Array large = Array.rows(new double[] {1000, 999});
        assertTrue(Double.isNaN(SoftmaxLayer.naive(large).get(0, 0)));
        double expected = 1 / (1 + Math.exp(-1));
        assertEquals(expected, SoftmaxLayer.softmax(large).get(0, 0), 1e-15);
        Array small = Array.rows(new double[] {1, 0});
        assertEquals(expected, SoftmaxLayer.naive(small).get(0, 0), 1e-15);
    }

    @Test
    void lossesOfSaturatedOutputsAreFinite() {
        Array saturated = Array.of(new double[] {0, 1, 1, 0}, 4, 1);
        Array targets = Array.of(new double[] {0, 1, 0, 1}, 4, 1);
        PointwiseLoss loss = PointwiseLoss.BINARY_CROSS_ENTROPY;
        assertEquals(50, loss.value(saturated, targets), 1e-12);
        assertEquals(0, loss.gradient(saturated, targets).get(0, 0));
        assertEquals(0.25e12, loss.gradient(saturated, targets).get(2, 0), 1);
        Array logits = Array.of(new double[] {-800, 800}, 2, 1);
        Array wrong = Array.of(new double[] {1, 0}, 2, 1);
        assertEquals(800, PointwiseLoss.SIGMOID_CROSS_ENTROPY.value(logits, wrong), 1e-12);
    }

    @Test
    void perceptronLossPushesWeightsThatAreZero() {
        assertEquals(-1, PointwiseLoss.PERCEPTRON.slope(0, 1));
        assertEquals(0, PointwiseLoss.PERCEPTRON.slope(2, 1));
    }

    @Test
    void badInputIsRefusedWithItsShape() {
        DenseLayer dense = DenseLayer.of(4, 2, WeightInit.he(), random);
        refused("FlattenLayer", () -> dense.forward(normal(2, 2, 2), Phase.INFERENCE));
        refused("[2, 3]", () -> dense.forward(normal(2, 3), Phase.INFERENCE));
        Conv2d convolution = Conv2d.of(3, 2, 5, 1, 0, WeightInit.he(), random);
        refused("[batch, 3, height, width]", () -> convolution.forward(normal(1, 1, 8, 8), Phase.INFERENCE));
        refused("5 x 5", () -> convolution.forward(normal(1, 3, 4, 8), Phase.INFERENCE));
        EmbeddingLayer embedding = EmbeddingLayer.of(3, 2, random);
        refused("id 3", () -> embedding.forward(Array.of(new double[] {3}, 1, 1), Phase.INFERENCE));
        refused("1.5", () -> new DropoutLayer(1.5, 1));
    }

    private static void refused(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
