/**
 * Data sets as plain Java values.
 *
 * <p>In come files whose size and SHA-256 the zoo's {@link dev.jzoo.zoo.Store} has checked; out go pixels with labels,
 * series and windows, each with its {@link dev.jzoo.datasets.Provenance}. No training engine is known here, so that
 * every engine sees the same values in the same order.
 *
 * <p>Read {@link dev.jzoo.datasets.LabelledImages} first, then {@link dev.jzoo.datasets.Mnist}, which makes one, and
 * {@link dev.jzoo.datasets.Series}, the other kind of data. {@link dev.jzoo.datasets.DataSets} lists all there are.
 */
package dev.jzoo.datasets;
