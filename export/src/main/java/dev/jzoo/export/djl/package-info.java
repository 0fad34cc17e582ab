/**
 * DJL networks to ONNX, by recording a forward pass, as {@code torch.onnx} does: settings of DJL's blocks live in closures
 * and private fields, but every block computes through the interfaces NDArray, NDArrayEx and NDManager.
 *
 * <p>In goes an initialised {@code Block}. {@link dev.jzoo.export.djl.Recorder} runs it on real arrays behind proxies, twice,
 * with different sizes of each symbolic axis, which gives two equal lists of {@link dev.jzoo.export.djl.Step}s. What differs
 * between them depends on those sizes, which {@link dev.jzoo.export.djl.Sizes} reads from shapes in the graph. What reads
 * constants alone is folded. {@link dev.jzoo.export.djl.Primitives} says for each primitive which nodes equal it, and
 * {@link dev.jzoo.export.djl.Scopes} names them after their blocks.
 *
 * <p>Read {@link dev.jzoo.export.djl.DjlNetwork} first. To add a primitive, add a line to one of the {@code *Primitives}
 * tables and a case to PrimitiveContractTest or BlockContractTest.
 */
package dev.jzoo.export.djl;
