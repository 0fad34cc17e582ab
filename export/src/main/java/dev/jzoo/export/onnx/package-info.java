/**
 * The ONNX graph: read, built, checked and written. It knows ONNX and protobuf and nothing else: no framework, no runtime.
 *
 * <p>An {@link dev.jzoo.export.onnx.OnnxFile} is a {@link dev.jzoo.export.onnx.Graph} with its operator set and metadata.
 * A graph is built by a {@link dev.jzoo.export.onnx.GraphBuilder}, which holds each node against its
 * {@link dev.jzoo.export.onnx.OperatorSchema} while it is added, so that a mistake is found where it is made.
 *
 * <p>Read {@link dev.jzoo.export.onnx.Graph} first.
 */
package dev.jzoo.export.onnx;
