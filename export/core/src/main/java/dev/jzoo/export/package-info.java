/**
 * Trained networks to ONNX files.
 *
 * <p>In comes a network of a framework (a DJL {@code Block}, a DL4J network) and a
 * {@link dev.jzoo.zoo.card.ModelCard}; out goes one {@code .onnx} file, whole: pre-processing in its graph, labels, card and
 * provenance in its metadata. {@link dev.jzoo.export.OnnxExporter} is the way in; a file whose outputs do not agree with
 * those of the framework is not written.
 *
 * <p>The frameworks are behind {@link dev.jzoo.export.FrontEnd}; the graph is {@link dev.jzoo.onnx}, which knows
 * neither of them. {@link dev.jzoo.export.IntermediateValues} runs a file that is there and gives tensors between its nodes too.
 */
package dev.jzoo.export;
