/**
 * The list of published models in the format of the ONNX Hub's manifest, and the folders and jars of models that such a list
 * describes.
 *
 * <p>Read {@link dev.jzoo.zoo.catalogue.Manifest} first.
 */
@NullMarked
package dev.jzoo.zoo.catalogue;

import org.jspecify.annotations.NullMarked;
