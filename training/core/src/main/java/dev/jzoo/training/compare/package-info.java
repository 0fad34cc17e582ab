/**
 * Comparisons of runs.
 *
 * <p>The input is the folders of finished, interrupted and fine-tuning runs, of this version or an older one. The
 * output is the settings that differ, the metrics, and the curves of all runs in one chart. Nothing is trained or
 * measured again: the folders contain everything as plain text and JSON. Read {@link
 * dev.jzoo.training.compare.RunComparison} first.
 */
package dev.jzoo.training.compare;
