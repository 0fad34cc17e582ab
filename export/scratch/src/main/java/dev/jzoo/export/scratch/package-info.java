/**
 * Export of networks from scratch: the third front end of the exporter.
 *
 * <p>A {@link dev.jzoo.scratch.NeuralLayer} enters, alone or as a {@link dev.jzoo.scratch.NeuralNetwork}, and the nodes of an ONNX graph
 * leave. Each class of layers has one rule, its ONNX form, in one of the {@code *Rules}. Weights are numbers of type double; the file has
 * floats, or doubles if you declare an input of that type.
 *
 * <p>Read {@link dev.jzoo.export.scratch.ScratchFrontEnd} first.
 */
package dev.jzoo.export.scratch;
