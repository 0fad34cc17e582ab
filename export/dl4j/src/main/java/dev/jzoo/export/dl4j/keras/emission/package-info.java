/**
 * Conversion of a Keras model to ONNX nodes, in Keras's own layouts.
 *
 * <p>The input is a {@link dev.jzoo.export.dl4j.keras.model.KerasModel}. The output is nodes in a {@code GraphBuilder}.
 * Every weight is written through a {@link dev.jzoo.export.dl4j.keras.emission.WeightAccount}, which compares the
 * written bits with those in the file. Read {@link dev.jzoo.export.dl4j.keras.emission.ModelEmission} first. To add a
 * layer, add a rule to {@code LayerRules}, an emitter here, its computation in {@code keras.reference}, and a case to
 * {@code KerasContractTest}.
 */
@Internal
package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.zoo.annotation.Internal;
