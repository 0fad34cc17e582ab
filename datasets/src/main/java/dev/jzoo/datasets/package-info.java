/**
 * Data sets as plain Java values.
 *
 * <p>In come files whose size and SHA-256 the zoo's {@link dev.jzoo.zoo.Store} has checked; out go pixels, signals and rows
 * with what they show, series and texts, each with its {@link dev.jzoo.datasets.Provenance}. No training engine is known
 * here, so that every engine sees the same values in the same order.
 *
 * <p>Read {@link dev.jzoo.datasets.LabelledImages} first, then {@link dev.jzoo.datasets.catalogue.Mnist}, which makes one. The other
 * kinds of data are {@link dev.jzoo.datasets.Series}, {@link dev.jzoo.datasets.Corpus},
 * {@link dev.jzoo.datasets.LabelledSignals} and {@link dev.jzoo.datasets.NumericTable}. On their way into a network pictures pass
 * {@link dev.jzoo.datasets.preparation.Augmentation} and {@link dev.jzoo.datasets.preparation.ChannelStatistics}. A
 * {@link dev.jzoo.datasets.pictures.PictureFolder}, which may be anybody's, yields paths and labels: decoding belongs where the size
 * that a network takes is known. {@link dev.jzoo.datasets.catalogue.DataSets} lists all there are.
 */
package dev.jzoo.datasets;
