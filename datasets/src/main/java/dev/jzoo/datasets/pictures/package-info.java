/**
 * Folders of pictures, with one folder for each class, and their split into training, validation and test. This package yields
 * paths and labels; the pictures are decoded later, by the code that knows the size that a network takes.
 *
 * <p>Read {@link dev.jzoo.datasets.pictures.PictureFolder} first.
 */
package dev.jzoo.datasets.pictures;
