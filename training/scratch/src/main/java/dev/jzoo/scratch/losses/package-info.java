/**
 * Losses: outputs and targets enter, the mean loss of the batch and its gradient leave. Read {@link
 * dev.jzoo.scratch.losses.PointwiseLoss} first.
 */
package dev.jzoo.scratch.losses;
