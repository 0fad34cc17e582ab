package dev.jzoo.scratch.losses;

import dev.jzoo.scratch.Array;

/** A number that says how wrong outputs are: the mean over the examples of a batch. */
public interface LossFunction {

    /** Returns the mean loss of a batch. */
    double value(Array outputs, Array targets);

    /** Returns the gradient of the mean loss with respect to the outputs. */
    Array gradient(Array outputs, Array targets);
}
