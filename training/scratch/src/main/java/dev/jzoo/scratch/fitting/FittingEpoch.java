package dev.jzoo.scratch.fitting;

/**
 * A pass over all examples.
 *
 * @param number its number, from 1
 * @param loss mean loss of the examples, each before the update of its batch
 */
public record FittingEpoch(int number, double loss) {}
