/**
 * ONNX graphs as trainable blocks of DJL.
 *
 * <p>An {@link dev.jzoo.training.onnx.OnnxBlock} reads a file and converts its graph to one form for all opsets ({@link
 * dev.jzoo.onnx.passes.GraphPass#canonicalForm}). It separates the weights from the other constants ({@code
 * TrainableWeights}) and makes an {@code ExecutionPlan} of the nodes, each with an {@code Operator}. You train it like
 * any block, whole or by {@link dev.jzoo.training.onnx.BlockLayer}s, and write it back with the same names and nodes.
 *
 * <p>Sizes and their arithmetic stay in Java ({@code HostArithmetic}). Everything else runs in the engine, which keeps
 * what its gradients need. Constant numbers are arrays that live as long as the block ({@code BlockConstants}).
 *
 * <p>To add an operator, add a line to the {@code addTo} of its family, and a case to {@code GradientCases} or the
 * reason why it has no gradient to {@code Operators}.
 */
package dev.jzoo.training.onnx;
