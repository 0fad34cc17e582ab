package dev.jzoo.scratch.losses;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.SoftmaxLayer;

/**
 * Cross-entropy of the softmax of logits [batch, classes] with targets [batch, classes] that are 1 for the right class and 0 elsewhere:
 * L = -sum of t ln softmax(y). Both together have the simple gradient softmax(y) - t.
 */
public final class SoftmaxCrossEntropy implements LossFunction {

    @Override
    public double value(Array logits, Array targets) {
        int columns = logits.size(1);
        double loss = 0;
        for (int row = 0; row < logits.count(); row += columns) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < columns; j++) {
                largest = Math.max(largest, logits.values()[row + j]);
            }
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += Math.exp(logits.values()[row + j] - largest);
            }
            double logSum = largest + Math.log(sum);
            for (int j = 0; j < columns; j++) {
                loss += targets.values()[row + j] * (logSum - logits.values()[row + j]);
            }
        }
        return loss / logits.size(0);
    }

    @Override
    public Array gradient(Array logits, Array targets) {
        return SoftmaxLayer.softmax(logits).minus(targets).times(1.0 / logits.size(0));
    }

    /** Returns targets for class numbers: 1 for the class of a row and 0 elsewhere. */
    public static Array oneHot(int[] classes, int count) {
        Array targets = Array.zeros(classes.length, count);
        for (int i = 0; i < classes.length; i++) {
            targets.set(1, i, classes[i]);
        }
        return targets;
    }
}
