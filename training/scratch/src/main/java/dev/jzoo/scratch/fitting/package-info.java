/**
 * The training loop: a network and pairs of inputs and targets enter, and the trained network and its loss curve leave. Read {@link
 * dev.jzoo.scratch.fitting.Fitting} first.
 */
package dev.jzoo.scratch.fitting;
