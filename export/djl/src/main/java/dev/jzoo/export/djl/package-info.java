/**
 * Export of DJL networks by recording a forward pass, as {@code torch.onnx} does. The settings of DJL's blocks are in
 * closures and private fields, but every block computes through the interfaces NDArray, NDArrayEx and NDManager.
 *
 * <p>The input is an initialised {@code Block}. {@link dev.jzoo.export.djl.recording.Recorder} runs it twice on real
 * arrays wrapped in proxies, with different sizes of each symbolic axis. The result is two equal lists of {@link
 * dev.jzoo.export.djl.recording.RecordedStep}s. Values that differ between them depend on those sizes, and {@link
 * dev.jzoo.export.djl.primitives.DynamicSizes} reads them from shapes in the graph. Steps that read only constants are
 * folded. {@link dev.jzoo.export.djl.primitives.Primitives} maps each primitive to its nodes, and {@link
 * dev.jzoo.export.djl.recording.BlockScopes} names them after their blocks.
 *
 * <p>Read {@link dev.jzoo.export.djl.RecordedNetwork} first. To add a primitive, add a line to one of the {@code
 * *Primitives} tables and a case to PrimitiveContractTest or BlockContractTest.
 */
package dev.jzoo.export.djl;
