/**
 * Fitting a network to examples, the same way with every engine.
 *
 * <p>In come {@link dev.jzoo.training.fit.Examples} in plain arrays and a network with its initial weights; a
 * {@link dev.jzoo.training.fit.Learner} goes through them in the order that it is given. Two learners with equal weights,
 * data and order take the same steps but for rounding. {@link dev.jzoo.training.fit.TrainingLoop} runs the epochs.
 */
package dev.jzoo.training.fit;
