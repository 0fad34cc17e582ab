/**
 * DJL networks to ONNX, by recording a forward pass, as {@code torch.onnx} does: settings of DJL's blocks live in closures
 * and private fields, but every block computes through the interfaces NDArray, NDArrayEx and NDManager.
 *
 * <p>In goes an initialised {@code Block}. {@link dev.jzoo.export.djl.recording.Recorder} runs it on real arrays behind proxies, twice,
 * with different sizes of each symbolic axis, which gives two equal lists of {@link dev.jzoo.export.djl.recording.RecordedStep}s. What differs
 * between them depends on those sizes, which {@link dev.jzoo.export.djl.primitives.DynamicSizes} reads from shapes in the graph. What reads
 * constants alone is folded. {@link dev.jzoo.export.djl.primitives.Primitives} says for each primitive which nodes equal it, and
 * {@link dev.jzoo.export.djl.recording.BlockScopes} names them after their blocks.
 *
 * <p>Read {@link dev.jzoo.export.djl.RecordedNetwork} first. To add a primitive, add a line to one of the {@code *Primitives}
 * tables and a case to PrimitiveContractTest or BlockContractTest.
 */
package dev.jzoo.export.djl;
