/**
 * DL4J networks to ONNX, by a table keyed by configuration class.
 *
 * <p>In goes an initialised {@code MultiLayerNetwork} or {@code ComputationGraph}. {@link dev.jzoo.export.dl4j.network.Dl4jSource}
 * makes a list of {@link dev.jzoo.export.dl4j.network.NetworkPart}s of it; {@link dev.jzoo.export.dl4j.network.ValueShapes} runs it twice to learn the
 * shape of every value; {@link dev.jzoo.export.dl4j.layers.LayerEmission} writes part after part with the forms of
 * {@link dev.jzoo.export.dl4j.layers.EmitterTable}.
 *
 * <p>{@link dev.jzoo.export.dl4j.saved.NetworkZip} reads networks that DL4J saved. Keras files have a front end of their own,
 * {@link dev.jzoo.export.dl4j.keras.KerasFile}. {@link dev.jzoo.export.dl4j.layers.Masking} is
 * what becomes of DL4J's masks, where an export asks for the lengths of sequences.
 *
 * <p>Read {@link dev.jzoo.export.dl4j.TableNetwork} first. To add a layer, add a line to one of the {@code *Emitters} and a
 * case to their contract test; from outside, register a {@link dev.jzoo.export.dl4j.layers.LayerEmitter}.
 */
package dev.jzoo.export.dl4j;
