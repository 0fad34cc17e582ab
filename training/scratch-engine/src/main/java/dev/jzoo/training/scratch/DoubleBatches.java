package dev.jzoo.training.scratch;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.losses.LossFunction;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Plan;
import dev.jzoo.training.examples.Examples;
import java.util.Arrays;

/** Batches of examples as doubles, in memory that the next batch of the same size uses again. */
final class DoubleBatches {

    private final Examples examples;
    private final Objective objective;
    private final float[] inputs;
    private final float[] targets;
    private double[] wide = {};
    private double[] wanted = {};

    DoubleBatches(Examples examples, Plan plan) {
        this.examples = examples;
        objective = plan.objective();
        inputs = new float[plan.batch() * examples.inputSize()];
        targets = new float[plan.batch() * examples.targetSize()];
    }

    /** Returns the loss of the plan's objective. */
    LossFunction loss() {
        return objective instanceof Objective.CrossEntropy
                ? new SoftmaxCrossEntropy()
                : PointwiseLoss.MEAN_SQUARED_ERROR;
    }

    /** Reads examples, and returns their inputs. They are valid until the next call. */
    Array read(int[] order, int from, int to, int epoch) {
        int count = to - from;
        examples.read(order, from, to, epoch, inputs, targets);
        wide = ofLength(wide, count * examples.inputSize());
        for (int i = 0; i < wide.length; i++) {
            wide[i] = inputs[i];
        }
        return Array.of(wide, shape(count, examples.inputShape()));
    }

    /**
     * Returns the targets of the last batch as the loss takes them: for a class, 1 at its place, less the share that is spread over all.
     *
     * @param count number of examples
     * @param outputs number of the network's outputs
     */
    Array targets(int count, int outputs) {
        wanted = ofLength(wanted, count * outputs);
        if (objective instanceof Objective.CrossEntropy entropy) {
            Arrays.fill(wanted, entropy.smoothing() / outputs);
            for (int i = 0; i < count; i++) {
                wanted[i * outputs + (int) targets[i]] += 1 - entropy.smoothing();
            }
        } else {
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = targets[i];
            }
        }
        return Array.of(wanted, count, outputs);
    }

    private static double[] ofLength(double[] before, int length) {
        return before.length == length ? before : new double[length];
    }

    /** Returns the shape of a batch. */
    static int[] shape(int count, long... example) {
        int[] shape = new int[example.length + 1];
        shape[0] = count;
        for (int axis = 0; axis < example.length; axis++) {
            shape[axis + 1] = Math.toIntExact(example[axis]);
        }
        return shape;
    }
}
