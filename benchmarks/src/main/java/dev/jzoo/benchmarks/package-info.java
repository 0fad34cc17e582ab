/**
 * Benchmarks of JZoo against other libraries. Each is a program that measures alternately and prints medians and ratios.
 * {@code benchmarks/README.md} has the commands and their output.
 *
 * <p>JMH measures operations that take microseconds ({@link dev.jzoo.benchmarks.PredictionBenchmark}). Operations that take
 * milliseconds or seconds and are compared within one JVM are measured alternately ({@link dev.jzoo.benchmarks.Samples}).
 * Read {@link dev.jzoo.benchmarks.BlockSpeed} first.
 */
package dev.jzoo.benchmarks;
