/**
 * Any ONNX graph as a trainable block of DJL.
 *
 * <p>An {@link dev.jzoo.training.onnx.OnnxBlock} reads a file, brings its graph to one form for all opsets ({@link
 * dev.jzoo.onnx.passes.GraphPass#canonicalForm}), tells its weights from its other constants ({@code TrainableWeights}) and makes
 * a {@code ExecutionPlan} of its nodes, each with an {@code Operator}. It is trained as any block, whole or by {@link
 * dev.jzoo.training.onnx.BlockLayer}s, and written back with the names and nodes that it was read with.
 *
 * <p>Sizes and what is computed of them stay in Java ({@code HostArithmetic}); everything else runs in the engine, which keeps
 * what its gradients need. Numbers are arrays that live as long as the block ({@code BlockConstants}).
 *
 * <p>To add an operator: a line in the {@code addTo} of its family, a case in {@code GradientCases}, or the reason why it
 * has no gradient in {@code Operators}.
 */
package dev.jzoo.training.onnx;
