/**
 * Export of DL4J networks by a table keyed by configuration class.
 *
 * <p>The input is an initialised {@code MultiLayerNetwork} or {@code ComputationGraph}. {@link
 * dev.jzoo.export.dl4j.network.Dl4jSource} turns it into a list of {@link dev.jzoo.export.dl4j.network.NetworkPart}s.
 * {@link dev.jzoo.export.dl4j.network.ValueShapes} runs it twice to find the shape of every value. {@link
 * dev.jzoo.export.dl4j.layers.LayerEmission} then writes one part after another, with the forms in {@link
 * dev.jzoo.export.dl4j.layers.EmitterTable}.
 *
 * <p>{@link dev.jzoo.export.dl4j.saved.NetworkZip} reads networks that DL4J saved. Keras files have their own front
 * end, {@link dev.jzoo.export.dl4j.keras.KerasFile}. {@link dev.jzoo.export.dl4j.layers.Masking} replaces DL4J's masks
 * if an export asks for the lengths of sequences.
 *
 * <p>Read {@link dev.jzoo.export.dl4j.TableNetwork} first. To add a layer, add a line to one of the {@code *Emitters}
 * and a case to their contract test; to add it from outside, register a {@link
 * dev.jzoo.export.dl4j.layers.LayerEmitter}.
 */
package dev.jzoo.export.dl4j;
