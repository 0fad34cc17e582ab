/**
 * The ONNX graph: read, built, checked and written. It knows ONNX and protobuf and nothing else: no framework, no runtime.
 *
 * <p>An {@link dev.jzoo.export.onnx.OnnxFile} is a {@link dev.jzoo.export.onnx.Graph} with its operator set and metadata.
 * A graph is built by a {@link dev.jzoo.export.onnx.GraphBuilder}, which holds each node against its
 * {@link dev.jzoo.export.onnx.OperatorSchema} while it is added, so that a mistake is found where it is made.
 *
 * <p>The builder also gives each node the form that its operator has under the graph's opset ({@link
 * dev.jzoo.export.onnx.OperatorForm}) and composes operators that came later ({@link dev.jzoo.export.onnx.Lowering}).
 * {@link dev.jzoo.export.onnx.passes} keeps graphs clean. A file's weights go into it without a second copy ({@link
 * dev.jzoo.export.onnx.ModelStream}), above 2 GB beside it ({@link dev.jzoo.export.onnx.ExternalWeights}).
 *
 * <p>Read {@link dev.jzoo.export.onnx.Graph} first.
 */
package dev.jzoo.export.onnx;
