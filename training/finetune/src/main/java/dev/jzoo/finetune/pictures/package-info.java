/**
 * Users' pictures on their way into training: a check of their quality, and random views of them.
 *
 * <p>The input is a {@link dev.jzoo.datasets.pictures.PictureFolder}; the output is a {@link
 * dev.jzoo.finetune.pictures.PictureReport} and {@link dev.jzoo.inference.pictures.Crop}s. This package is not in
 * datasets because it decodes pictures: {@link dev.jzoo.inference.pictures.PictureReader} decides what can be read, and
 * datasets does not depend on it.
 *
 * <p>Read {@link dev.jzoo.finetune.pictures.PictureCheck} first.
 */
@Internal
package dev.jzoo.finetune.pictures;

import dev.jzoo.zoo.annotation.Internal;
