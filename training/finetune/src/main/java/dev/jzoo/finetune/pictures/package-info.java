/**
 * Pictures of anybody's on their way into training: whether they are fit for it, and what a network is shown of them.
 *
 * <p>In comes a {@link dev.jzoo.datasets.pictures.PictureFolder}; out go a {@link dev.jzoo.finetune.pictures.PictureReport} and
 * {@link dev.jzoo.inference.pictures.Crop}s. It is here and not in datasets, since it decodes: what can be read is for
 * {@link dev.jzoo.inference.pictures.PictureReader} to say, which classifies later, and datasets does not know it.
 *
 * <p>Read {@link dev.jzoo.finetune.pictures.PictureCheck} first.
 */
@Internal
package dev.jzoo.finetune.pictures;

import dev.jzoo.zoo.annotation.Internal;
