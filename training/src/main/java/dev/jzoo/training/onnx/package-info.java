/**
 * Any ONNX graph as a trainable block of DJL.
 *
 * <p>An {@link dev.jzoo.training.onnx.OnnxBlock} reads a file, brings its graph to one form for all opsets ({@link
 * dev.jzoo.export.onnx.passes.GraphPass#canonicalForm}), tells its weights from its other constants ({@code Weights}) and makes
 * a {@code Program} of its nodes, each with an {@code Operator}. It is trained as any block, whole or by {@link
 * dev.jzoo.training.onnx.Layer}s, and written back with the names and nodes that it was read with.
 *
 * <p>Sizes and what is computed of them stay in Java ({@code HostArithmetic}); everything else runs in the engine, which keeps
 * what its gradients need. Numbers are arrays that live as long as the block ({@code Constants}).
 *
 * <p>To add an operator: a line in the {@code addTo} of its family, a case in {@code OperatorGradientsTest}.
 */
package dev.jzoo.training.onnx;
