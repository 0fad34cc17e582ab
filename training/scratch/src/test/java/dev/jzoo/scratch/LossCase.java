package dev.jzoo.scratch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.HingeLoss;
import ai.djl.training.loss.L2Loss;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SigmoidBinaryCrossEntropyLoss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import dev.jzoo.scratch.losses.LossFunction;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;

/**
 * A loss with outputs and targets, and the same loss in DJL.
 *
 * @param djl function of targets and outputs
 */
record LossCase(String name, LossFunction loss, Array outputs, Array targets, BinaryOperator<NDArray> djl) {

    static List<LossCase> all() {
        Random random = new Random(18);
        List<LossCase> cases = new ArrayList<>();
        for (int[] shape : new int[][] {{1, 1}, {1, 3}, {6, 1}, {5, 4}}) {
            Array y = WeightInit.normal(2).draw(random, 1, 1, shape);
            Array numbers = WeightInit.normal(2).draw(random, 1, 1, shape);
            Array signs = numbers.map(Math::signum);
            Array probabilities = Array.zeros(shape).map(zero -> 0.05 + 0.9 * random.nextDouble());
            Array bits = numbers.map(x -> x > 0 ? 1 : 0);
            int[] classes = random.ints(shape[0], 0, shape[1]).toArray();
            cases.add(new LossCase(
                    "mean squared error", PointwiseLoss.MEAN_SQUARED_ERROR, y, numbers, djl(new L2Loss("loss", 1))));
            cases.add(new LossCase("hinge", PointwiseLoss.HINGE, y, signs, djl(new HingeLoss("loss", 1, 1))));
            cases.add(new LossCase("perceptron", PointwiseLoss.PERCEPTRON, y, signs, (t, out) -> t.mul(out)
                    .neg()
                    .maximum(0)
                    .mean()));
            cases.add(new LossCase("Huber", PointwiseLoss.HUBER, y, numbers, (t, out) -> {
                NDArray distance = t.sub(out).abs();
                NDArray near = distance.minimum(1);
                return near.square().div(2).add(distance.sub(near)).mean();
            }));
            cases.add(new LossCase(
                    "binary cross-entropy",
                    PointwiseLoss.BINARY_CROSS_ENTROPY,
                    probabilities,
                    bits,
                    LossCase::binaryCrossEntropy));
            cases.add(new LossCase(
                    "binary cross-entropy of logits",
                    PointwiseLoss.SIGMOID_CROSS_ENTROPY,
                    y,
                    bits,
                    djl(new SigmoidBinaryCrossEntropyLoss("loss", 1, false))));
            cases.add(new LossCase(
                    "softmax cross-entropy",
                    new SoftmaxCrossEntropy(),
                    y,
                    SoftmaxCrossEntropy.oneHot(classes, shape[1]),
                    djl(new SoftmaxCrossEntropyLoss("loss", 1, -1, false, true))));
        }
        return cases;
    }

    /** The formula: DJL 0.35's loss of probabilities has the opposite sign. */
    private static NDArray binaryCrossEntropy(NDArray t, NDArray y) {
        NDArray other = t.sub(1).neg().mul(y.sub(1).neg().log());
        return t.mul(y.log()).add(other).neg().mean();
    }

    private static BinaryOperator<NDArray> djl(Loss loss) {
        return (targets, outputs) -> loss.evaluate(new NDList(targets), new NDList(outputs));
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(outputs.shape());
    }
}
