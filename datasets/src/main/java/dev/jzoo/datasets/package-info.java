/**
 * Data sets as plain Java values.
 *
 * <p>The input is files whose size and SHA-256 the zoo's {@link dev.jzoo.zoo.Store} has checked. The results are labelled pixels
 * and signals, tables, series and texts, each with its {@link dev.jzoo.datasets.Provenance}. This module does not depend on a
 * training engine, so every engine sees the same values in the same order.
 *
 * <p>Read {@link dev.jzoo.datasets.LabelledImages} first, then {@link dev.jzoo.datasets.catalogue.Mnist}, which creates them. The
 * other kinds of data are {@link dev.jzoo.datasets.Series}, {@link dev.jzoo.datasets.Corpus},
 * {@link dev.jzoo.datasets.LabelledSignals} and {@link dev.jzoo.datasets.NumericTable}.
 * {@link dev.jzoo.datasets.preparation.Augmentation} and {@link dev.jzoo.datasets.preparation.ChannelStatistics} prepare pictures
 * for a network. A {@link dev.jzoo.datasets.pictures.PictureFolder}, which can be your own, yields paths and labels; its pictures
 * are decoded later, by the code that knows the size that a network takes. {@link dev.jzoo.datasets.catalogue.DataSets} lists all
 * data sets.
 */
package dev.jzoo.datasets;
