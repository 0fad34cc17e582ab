/**
 * Benchmarks of JZoo beside other libraries. Each is a program that measures by turns and prints medians and ratios; {@code
 * benchmarks/README.md} has the commands and what they printed.
 *
 * <p>JMH measures what takes microseconds ({@link dev.jzoo.benchmarks.PredictionBenchmark}). What takes milliseconds or seconds, and is
 * compared with something else in the same JVM, is measured by turns ({@link dev.jzoo.benchmarks.Samples}). Read {@link
 * dev.jzoo.benchmarks.BlockSpeed} first.
 */
package dev.jzoo.benchmarks;
