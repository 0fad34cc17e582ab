/**
 * Pictures of anybody's on their way into training: whether they are fit for it, and what a network is shown of them.
 *
 * <p>In comes a {@link dev.jzoo.datasets.PictureFolder}; out go a {@link dev.jzoo.training.pictures.PictureReport} and
 * {@link dev.jzoo.inference.Crop}s. It is here and not in datasets, since it decodes: what can be read is for
 * {@link dev.jzoo.inference.PictureReader} to say, which classifies later, and datasets does not know it.
 *
 * <p>Read {@link dev.jzoo.training.pictures.PictureCheck} first.
 */
package dev.jzoo.training.pictures;
