package dev.jzoo.labs;

/**
 * An output and the place in the lab's source that produced it.
 *
 * @param line line of the call within the file, from 1; 0 if the call did not come from a lab's {@code run}
 * @param output output
 */
public record PlacedOutput(int line, LabOutput output) {}
