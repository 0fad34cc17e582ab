/**
 * Folders of pictures, one folder for each class, and their split into parts for training, validation and test. Yields paths
 * and labels; the pictures are decoded where the size that a network takes is known.
 *
 * <p>Read {@link dev.jzoo.datasets.pictures.PictureFolder} first.
 */
package dev.jzoo.datasets.pictures;
