package dev.jzoo.export.djl.recording;

import java.util.List;

/**
 * One primitive of a forward pass.
 *
 * @param primitive method of NDArray or NDArrayEx: "linear"
 * @param scope path of the block that it seems to belong to: "features/3"
 * @param arguments receiver first, then the call's arguments: a {@link RecordedTensor}, a list of them, or a plain value; null
 *     where the call had null
 * @param results tensors that it gave
 */
public record RecordedStep(String primitive, String scope, List<Object> arguments, List<RecordedTensor> results) {}
