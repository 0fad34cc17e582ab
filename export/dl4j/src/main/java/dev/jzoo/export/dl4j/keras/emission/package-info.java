/**
 * Writes a Keras model as ONNX nodes, in Keras's own layouts.
 *
 * <p>In goes a {@link dev.jzoo.export.dl4j.keras.model.KerasModel}, out come nodes in a {@code GraphBuilder}. Every weight is written
 * through a {@link dev.jzoo.export.dl4j.keras.emission.WeightAccount}, which compares what was written with what the file has, bit for
 * bit. Read {@link dev.jzoo.export.dl4j.keras.emission.ModelEmission} first. To add a layer, add a rule to
 * {@code LayerRules}, an emitter here, its computation in {@code keras.reference}, and a case to {@code KerasContractTest}.
 */
@Internal
package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.zoo.annotation.Internal;
