package dev.jzoo.training.djl;

import ai.djl.ndarray.NDArray;
import dev.jzoo.training.Objective;

/** An objective in DJL. */
@FunctionalInterface
interface DjlLoss {

    /**
     * Computes the mean loss of a batch, a scalar.
     *
     * @param output [batch, ...]: logits in the last axis, or numbers
     * @param target int64 [batch, ..., 1] for classes, or numbers of the output's shape
     */
    NDArray of(NDArray output, NDArray target);

    static DjlLoss of(Objective objective) {
        if (objective instanceof Objective.CrossEntropy entropy) {
            return entropy.smoothing() == 0 ? DjlLoss::crossEntropy : smoothed((float) entropy.smoothing());
        }
        return (output, target) -> output.sub(target).square().mean();
    }

    private static NDArray crossEntropy(NDArray logits, NDArray classes) {
        return logits.logSoftmax(-1).gather(classes, -1).mean().neg();
    }

    private static DjlLoss smoothed(float share) {
        return (logits, classes) -> {
            NDArray logProbabilities = logits.logSoftmax(-1);
            // Not mul(Number), whose scalar DJL frees before the backward pass reads it (docs/semantics.md).
            NDArray kept = logits.getManager().create(1 - share);
            NDArray spread = logits.getManager().create(share);
            NDArray right = logProbabilities.gather(classes, -1).mean().mul(kept);
            return right.add(logProbabilities.mean().mul(spread)).neg();
        };
    }
}
