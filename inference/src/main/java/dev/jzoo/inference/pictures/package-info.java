/**
 * Models that take pictures. A file is decoded, cropped and resized here, exactly as in training; labels with scores, or a
 * vector, come out.
 *
 * <p>Read {@link dev.jzoo.inference.pictures.ImageClassifier} first, then {@link dev.jzoo.inference.pictures.PictureReader}
 * and {@link dev.jzoo.inference.pictures.Embedder}.
 */
@NullMarked
package dev.jzoo.inference.pictures;

import org.jspecify.annotations.NullMarked;
