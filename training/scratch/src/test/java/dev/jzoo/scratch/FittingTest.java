package dev.jzoo.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.fitting.FittingEpoch;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.RateSchedule;
import dev.jzoo.scratch.optimizers.SgdRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FittingTest {

    private static final Array XOR =
            Array.rows(new double[] {0, 0}, new double[] {0, 1}, new double[] {1, 0}, new double[] {1, 1});

    private static NeuralNetwork network(long seed) {
        Random random = new Random(seed);
        return NeuralNetwork.of(
                DenseLayer.of(2, 8, WeightInit.xavier(), random),
                Elementwise.tanh(),
                DenseLayer.of(8, 2, WeightInit.xavier(), random));
    }

    @Test
    void exclusiveOrIsLearntFromTenSeeds() {
        int[] classes = {0, 1, 1, 0};
        for (long seed = 0; seed < 10; seed++) {
            NeuralNetwork network = network(seed);
            Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
                    .rate(0.05)
                    .epochs(200)
                    .seed(seed)
                    .fit(XOR, SoftmaxCrossEntropy.oneHot(classes, 2));
            assertEquals(1, Fitting.accuracy(network, XOR, classes), "seed " + seed);
        }
    }

    @Test
    void oneStepOverAllExamplesIsThatOfTheGradient() {
        Array targets = Array.of(new double[] {0, 1, 1, 0, 1, 0, 0, 1}, 4, 2);
        NeuralNetwork fitted = network(1);
        NeuralNetwork expected = network(1);
        PointwiseLoss loss = PointwiseLoss.MEAN_SQUARED_ERROR;
        Array outputs = expected.forward(XOR, NeuralLayer.Phase.TRAINING);
        expected.backward(loss.gradient(outputs, targets));
        List<FittingEpoch> history =
                Fitting.of(fitted, loss, new SgdRule()).rate(0.5).batchSize(4).fit(XOR, targets);
        assertEquals(List.of(1), history.stream().map(FittingEpoch::number).toList());
        assertEquals(loss.value(outputs, targets), history.get(0).loss(), 1e-15);
        for (int i = 0; i < 4; i++) {
            Weight weight = expected.weights().get(i);
            assertArrayEquals(
                    weight.value().minus(weight.gradient().times(0.5)).values(),
                    fitted.weights().get(i).value().values(),
                    1e-12);
        }
    }

    @Test
    void everyExampleIsVisitedOnceInEachEpoch() {
        Array inputs = Array.zeros(10, 1);
        for (int i = 0; i < 10; i++) {
            inputs.set(i, i, 0);
        }
        List<Double> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        NeuralLayer spy = new NeuralLayer() {
            @Override
            public Array forward(Array input, Phase phase) {
                sizes.add(input.size(0));
                for (double value : input.values()) {
                    seen.add(value);
                }
                return input;
            }

            @Override
            public Array backward(Array gradient) {
                return gradient;
            }
        };
        Fitting.of(spy, PointwiseLoss.HUBER, new SgdRule())
                .batchSize(4)
                .epochs(2)
                .seed(3)
                .fit(inputs, inputs);
        assertEquals(List.of(4, 4, 2, 4, 4, 2), sizes);
        List<Double> sorted = seen.subList(0, 10).stream().sorted().toList();
        assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0), sorted);
        assertEquals(sorted, seen.subList(10, 20).stream().sorted().toList());
        assertTrue(!seen.subList(0, 10).equals(seen.subList(10, 20)), "the order must change");
    }

    @Test
    void trainingStopsAfterTheConditionAndCallsTheListenerFirst() {
        List<Integer> heard = new ArrayList<>();
        List<FittingEpoch> history = Fitting.of(network(1), PointwiseLoss.MEAN_SQUARED_ERROR, new SgdRule())
                .epochs(9)
                .eachEpoch(epoch -> heard.add(epoch.number()))
                .stopAfter(epoch -> epoch.number() == 3)
                .fit(XOR, Array.zeros(4, 2));
        assertEquals(List.of(1, 2, 3), heard);
        assertEquals(3, history.size());
    }

    @Test
    void clippingLimitsTheStep() {
        NeuralNetwork network = network(1);
        double before = distance(network, network(1));
        Fitting.of(network, PointwiseLoss.MEAN_SQUARED_ERROR, new SgdRule())
                .rate(1)
                .clip(0.01)
                .fit(XOR, Array.zeros(4, 2).map(zero -> 100));
        assertEquals(0, before);
        assertEquals(0.01, distance(network, network(1)), 1e-12);
    }

    private static double distance(NeuralNetwork a, NeuralNetwork b) {
        double sum = 0;
        for (int i = 0; i < a.weights().size(); i++) {
            double norm =
                    a.weights().get(i).value().minus(b.weights().get(i).value()).norm();
            sum += norm * norm;
        }
        return Math.sqrt(sum);
    }

    @Test
    void inputsWithoutTheirTargetsAreRefused() {
        Fitting fitting = Fitting.of(network(1), PointwiseLoss.HUBER, new SgdRule());
        String message = assertThrows(IllegalArgumentException.class, () -> fitting.fit(XOR, Array.zeros(3, 2)))
                .getMessage();
        assertTrue(message.contains("4 inputs and 3 targets"), message);
        assertThrows(IllegalArgumentException.class, () -> fitting.batchSize(0));
        assertThrows(IllegalArgumentException.class, () -> fitting.epochs(0));
    }

    @Test
    void schedulesHaveTheirClosedForms() {
        assertEquals(0.5, RateSchedule.constant(0.5).at(0.3));
        RateSchedule steps = RateSchedule.steps(0.8, 0.5, 4);
        assertEquals(0.8, steps.at(0));
        assertEquals(0.4, steps.at(0.25), 1e-15);
        assertEquals(0.1, steps.at(0.99), 1e-15);
        assertEquals(0.1, steps.at(1), 1e-15);
        assertEquals(
                0.2 * Math.exp(Math.log(0.01) / 2),
                RateSchedule.exponential(0.2, 0.01).at(0.5),
                1e-15);
        RateSchedule cosine = RateSchedule.cosine(0.6);
        assertEquals(0.6, cosine.at(0), 1e-15);
        assertEquals(0.3 * (1 + Math.sqrt(0.5)), cosine.at(0.25), 1e-15);
        assertEquals(0.3, cosine.at(0.5), 1e-15);
        assertEquals(0, cosine.at(1), 1e-15);
        RateSchedule warmUp = RateSchedule.warmUp(0.2, cosine);
        assertEquals(0, warmUp.at(0));
        assertEquals(0.3, warmUp.at(0.1), 1e-15);
        assertEquals(0.6, warmUp.at(0.2), 1e-15);
        assertEquals(0.3, warmUp.at(0.6), 1e-15);
        RateSchedule cycle = RateSchedule.oneCycle(1);
        assertEquals(1.0 / 25, cycle.at(0), 1e-15);
        assertEquals((1 + 1.0 / 25) / 2, cycle.at(0.15), 1e-15);
        assertEquals(1, cycle.at(0.3), 1e-15);
        assertEquals((1 + 1e-4) / 2, cycle.at(0.65), 1e-15);
        assertEquals(1e-4, cycle.at(1), 1e-15);
    }

    @Test
    void initialWeightsHaveTheirVariance() {
        Random random = new Random(7);
        int in = 300;
        int out = 200;
        assertEquals(0, WeightInit.zero().draw(random, in, out, in, out).norm());
        double limit = Math.sqrt(6.0 / (in + out));
        Array uniform = WeightInit.xavierUniform().draw(random, in, out, in, out);
        assertTrue(Arrays.stream(uniform.values()).allMatch(w -> Math.abs(w) <= limit));
        assertVariance(2.0 / (in + out), uniform);
        assertVariance(2.0 / (in + out), WeightInit.xavier().draw(random, in, out, in, out));
        assertVariance(2.0 / in, WeightInit.he().draw(random, in, out, in, out));
        assertVariance(0.01, WeightInit.normal(0.1).draw(random, in, out, in, out));
    }

    /** The variance of n normal numbers has a relative deviation of sqrt(2 / n), here 0.0058. */
    private static void assertVariance(double expected, Array weights) {
        double mean = weights.sum() / weights.count();
        double square = weights.norm() * weights.norm() / weights.count();
        assertEquals(0, mean / Math.sqrt(expected), 4 / Math.sqrt(weights.count()));
        assertEquals(1, (square - mean * mean) / expected, 4 * Math.sqrt(2.0 / weights.count()));
    }

    @Test
    void movingAverageStartsLowAndIsCorrected() {
        MovingAverage average = new MovingAverage(0.9);
        assertEquals(0.1, average.add(1), 1e-15);
        assertEquals(0.19, average.add(1), 1e-15);
        assertEquals(0.271, average.add(1), 1e-15);
        assertEquals(1, average.corrected(), 1e-15);
    }
}
