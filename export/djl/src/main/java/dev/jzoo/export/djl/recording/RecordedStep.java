package dev.jzoo.export.djl.recording;

import java.util.List;

/**
 * A primitive of a forward pass.
 *
 * @param primitive method of NDArray or NDArrayEx: "linear"
 * @param scope path of the block that it appears to belong to: "features/3"
 * @param arguments the receiver, then the call's arguments: a {@link RecordedTensor}, a list of them, or a plain value;
 * null if the call had null
 * @param results the returned tensors
 */
public record RecordedStep(String primitive, String scope, List<Object> arguments, List<RecordedTensor> results) {}
