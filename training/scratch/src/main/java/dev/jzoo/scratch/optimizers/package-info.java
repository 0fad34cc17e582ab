/**
 * Optimisers, learning rates and penalties: weights with gradients enter, and the weights change. Read {@link
 * dev.jzoo.scratch.optimizers.SgdRule} first.
 */
package dev.jzoo.scratch.optimizers;
