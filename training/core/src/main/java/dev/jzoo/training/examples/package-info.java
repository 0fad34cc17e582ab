/**
 * Training examples: arrays of numbers, classes, pictures or windows of a text, read batch by batch in the order that a
 * learner requests.
 *
 * <p>Read {@link dev.jzoo.training.examples.Examples} first.
 */
package dev.jzoo.training.examples;
