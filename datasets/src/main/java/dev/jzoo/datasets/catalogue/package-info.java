/**
 * The data sets with a name, downloaded or generated, and the readers of their file formats.
 *
 * <p>Read {@link dev.jzoo.datasets.catalogue.DataSets} first, then {@link dev.jzoo.datasets.catalogue.Mnist}.
 */
package dev.jzoo.datasets.catalogue;
