/**
 * The ONNX graph: reading, building, checking and writing it. The package depends on ONNX and protobuf only, not on a
 * framework or runtime.
 *
 * <p>An {@link dev.jzoo.onnx.OnnxFile} is a {@link dev.jzoo.onnx.Graph} with its operator set and metadata. You build a
 * graph with a {@link dev.jzoo.onnx.GraphBuilder}. It checks each node against its {@link dev.jzoo.onnx.OperatorSchema}
 * when you add it, so that an error appears where it is made.
 *
 * <p>The builder also converts each node to the form that its operator has under the graph's opset ({@link
 * dev.jzoo.onnx.OperatorForm}) and composes newer operators ({@link dev.jzoo.onnx.Lowering}). {@link dev.jzoo.onnx.passes}
 * keeps graphs clean. Weights are written to a file without a second copy ({@link dev.jzoo.onnx.ModelStream}), or above 2
 * GB to a separate file ({@link dev.jzoo.onnx.ExternalWeights}).
 *
 * <p>Read {@link dev.jzoo.onnx.Graph} first.
 */
@NullMarked
package dev.jzoo.onnx;

import org.jspecify.annotations.NullMarked;
