package dev.jzoo.training.fit;

/** What training makes small: the mean over the examples of a batch. */
public enum Objective {
    /** Cross-entropy of the softmax of logits with the class of each example, in nats. */
    CROSS_ENTROPY,
    /** Square of the difference between prediction and target, mean over the target's numbers. */
    MEAN_SQUARED_ERROR
}
