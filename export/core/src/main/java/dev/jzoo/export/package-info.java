/**
 * Export of trained networks to ONNX files.
 *
 * <p>The input is a network of a framework (a DJL {@code Block}, a DL4J network) and a {@link
 * dev.jzoo.zoo.card.ModelCard}. The output is one complete {@code .onnx} file, with pre-processing in its graph, and
 * labels, card and provenance in its metadata. A file whose outputs do not agree with those of the framework is not
 * written. Start with {@link dev.jzoo.export.OnnxExporter}.
 *
 * <p>{@link dev.jzoo.export.FrontEnd} hides the frameworks. {@link dev.jzoo.onnx} is the graph and depends on
 * none of them. {@link dev.jzoo.export.IntermediateValues} runs an existing file and returns tensors between its nodes
 * too.
 */
package dev.jzoo.export;
