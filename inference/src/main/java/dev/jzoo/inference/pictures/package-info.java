/**
 * Models that take pictures. The package decodes, crops and resizes a file exactly as in training, and returns labels with
 * scores, or a vector.
 *
 * <p>Read {@link dev.jzoo.inference.pictures.ImageClassifier} first, then {@link dev.jzoo.inference.pictures.PictureReader}
 * and {@link dev.jzoo.inference.pictures.Embedder}.
 */
@NullMarked
package dev.jzoo.inference.pictures;

import org.jspecify.annotations.NullMarked;
