/**
 * The ONNX graph: read, built, checked and written. It knows ONNX and protobuf and nothing else: no framework, no runtime.
 *
 * <p>An {@link dev.jzoo.onnx.OnnxFile} is a {@link dev.jzoo.onnx.Graph} with its operator set and metadata.
 * A graph is built by a {@link dev.jzoo.onnx.GraphBuilder}, which holds each node against its
 * {@link dev.jzoo.onnx.OperatorSchema} while it is added, so that a mistake is found where it is made.
 *
 * <p>The builder also gives each node the form that its operator has under the graph's opset ({@link
 * dev.jzoo.onnx.OperatorForm}) and composes operators that came later ({@link dev.jzoo.onnx.Lowering}).
 * {@link dev.jzoo.onnx.passes} keeps graphs clean. A file's weights go into it without a second copy ({@link
 * dev.jzoo.onnx.ModelStream}), above 2 GB beside it ({@link dev.jzoo.onnx.ExternalWeights}).
 *
 * <p>Read {@link dev.jzoo.onnx.Graph} first.
 */
@NullMarked
package dev.jzoo.onnx;

import org.jspecify.annotations.NullMarked;
