/**
 * A neural-network library that is written to be read: {@link dev.jzoo.scratch.Value} differentiates numbers, and {@link
 * dev.jzoo.scratch.NeuralLayer} differentiates arrays. Read {@code Value} first, then {@code NeuralLayer}, then {@link
 * dev.jzoo.scratch.layers.DenseLayer}.
 *
 * <p>Numbers enter as an {@link dev.jzoo.scratch.Array} whose first axis is the example. A layer returns its output, and on the way back
 * the gradient with respect to its input; the gradients of its parameters stay in its {@link dev.jzoo.scratch.Weight}s.
 */
package dev.jzoo.scratch;
