package dev.jzoo.training.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.examples.Examples;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DjlUpdateTest {

    private static final float[] START = {0.5f, -0.25f};

    @BeforeAll
    static void startEngine() {
        new DjlEngine().start(Compute.standard(), 1);
    }

    /** A step of plain descent and the first one of Adam are proportional to the rate, and a frozen parameter makes none. */
    @ParameterizedTest
    @CsvSource({"SGD, 1, 0.1", "SGD, 0.25, 0.1", "ADAM, 1, 0.1", "ADAM, 0.25, 0.1", "SGD, 0, 0.1"})
    void aParameterLearnsAtItsShareOfTheRate(String optimizer, double share, double rate) {
        float[] whole = after(optimizer, rate, 1);
        float[] part = after(optimizer, rate, share);
        for (int i = 0; i < START.length; i++) {
            whole[i] = (float) (START[i] + share * (whole[i] - START[i]));
        }
        assertArrayEquals(whole, part, 1e-6f);
    }

    private static float[] after(String optimizer, double rate, double share) {
        Plan plan = Plan.of(
                Objective.meanSquaredError(),
                optimizer.equals("SGD") ? Optimizer.sgd() : Optimizer.adam(),
                new Hyperparameters(1, 1, rate, 1));
        Linear linear = Linear.builder().setUnits(1).optBias(false).build();
        Parameter weight = linear.getParameters().valueAt(0);
        DjlLearner.startFrom(weight, START);
        NDManager manager = NDManager.newBaseManager();
        linear.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
        Examples one = Examples.numbers(new float[] {1, 2}, new float[] {3}, 1, 2);
        try (Learner learner = new DjlLearner(manager, linear, one, plan, parameter -> share)) {
            learner.epoch(0, new int[] {0}, done -> {});
            return weight.getArray().toFloatArray();
        }
    }
}
