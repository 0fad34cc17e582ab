/**
 * Runs side by side.
 *
 * <p>In come the folders of finished, interrupted and fine-tuning runs, of this version or an older one. Out come the settings
 * that differ, the metrics, and the curves of all runs in one chart. Nothing is trained or measured again: the folders have it all, as
 * plain text and JSON. Read {@link dev.jzoo.training.compare.RunComparison} first.
 */
package dev.jzoo.training.compare;
