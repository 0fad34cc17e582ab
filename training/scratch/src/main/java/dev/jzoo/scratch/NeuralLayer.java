package dev.jzoo.scratch;

import java.util.List;

/**
 * A differentiable function with parameters. {@link #forward} computes y = f(x) and keeps what {@link #backward} needs. {@code
 * backward} gets dL/dy, sets the gradient dL/dw of each weight, and returns dL/dx. The first axis of x and y is the example.
 */
public interface NeuralLayer {

    /** The purpose of a forward pass. Dropout and batch normalisation differ between the two. */
    enum Phase {
        TRAINING,
        INFERENCE
    }

    /** Computes the output of a batch. */
    Array forward(Array input, Phase phase);

    /** Returns dL/dx from dL/dy, for the batch of the last forward pass. */
    Array backward(Array gradient);

    /** Sets the gradients of the weights only. Nothing needs dL/dx of the first layer, and leaving it out can save a third of the time. */
    default void setGradients(Array gradient) {
        backward(gradient);
    }

    /** Returns the parameters, in a fixed order. */
    default List<Weight> weights() {
        return List.of();
    }
}
