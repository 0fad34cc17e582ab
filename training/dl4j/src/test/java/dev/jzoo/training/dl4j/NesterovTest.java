package dev.jzoo.training.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.jzoo.inference.Device;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Network;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The looking-ahead momentum of both engines against plain loops, on one linear unit. */
class NesterovTest {

    private static final int STEPS = 6;
    private static final double RATE = 0.05;
    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 0.1;
    private static final float[] INPUT = {1, -2};
    private static final float TARGET = 3;

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void stepsAreThoseOfThePaper(String name) {
        Engine engine = Engine.of(name);
        Compute compute = new Compute(Device.cpu(), 1);
        engine.start(compute, 1);
        Network network = Network.of(2).dense(1);
        Plan plan = Plan.of(
                Objective.meanSquaredError(),
                new Optimizer.Nesterov(MOMENTUM, DECAY),
                new Hyperparameters(1, 1, RATE, 1));
        float[] inputs = new float[2 * STEPS];
        float[] targets = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            System.arraycopy(INPUT, 0, inputs, 2 * i, 2);
            targets[i] = TARGET;
        }
        int[] order = new int[STEPS];
        Arrays.setAll(order, i -> i);
        Examples examples = Examples.numbers(inputs, targets, 1, 2);
        try (Learner learner = engine.learner(network, new InitialWeights(1), examples, plan, compute)) {
            float[] start = parameters(learner);
            learner.epoch(0, order, done -> {});
            float[] expected = byHand(start);
            assertFalse(Arrays.equals(start, expected));
            assertArrayEquals(expected, parameters(learner), 1e-4f);
        }
    }

    /** Both weights and the bias, read off what the unit gives. */
    private static float[] parameters(Learner learner) {
        float[] given = learner.predict(Examples.numbers(new float[] {0, 0, 1, 0, 0, 1}, new float[3], 1, 2));
        return new float[] {given[1] - given[0], given[2] - given[0], given[0]};
    }

    /** velocity = momentum velocity + gradient, weight -= rate (gradient + momentum velocity); the bias does not decay. */
    private static float[] byHand(float[] start) {
        double[] weights = {start[0], start[1], start[2]};
        double[] velocity = new double[3];
        for (int step = 0; step < STEPS; step++) {
            double error = weights[0] * INPUT[0] + weights[1] * INPUT[1] + weights[2] - TARGET;
            for (int i = 0; i < 3; i++) {
                double gradient = 2 * error * (i < 2 ? INPUT[i] : 1) + (i < 2 ? DECAY * weights[i] : 0);
                velocity[i] = MOMENTUM * velocity[i] + gradient;
                weights[i] -= RATE * (gradient + MOMENTUM * velocity[i]);
            }
        }
        return new float[] {(float) weights[0], (float) weights[1], (float) weights[2]};
    }
}
