package dev.jzoo.training.onnx.operators;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import dev.jzoo.onnx.TensorData;

/**
 * One pass through a graph.
 *
 * @param manager owner of the results: the manager of the first input
 * @param device the device that computes
 * @param training whether dropout is active and statistics of batches are used
 * @param constants constants of the block
 * @param batchScale ratio of the batch to the fixed batch that the file was written for
 */
public record ForwardPass(
        NDManager manager, Device device, boolean training, BlockConstants constants, long batchScale) {

    /** Creates a pass of the batch that the file was written for, or of any batch if it is open. */
    public ForwardPass(NDManager manager, Device device, boolean training, BlockConstants constants) {
        this(manager, device, training, constants, 1);
    }

    /** Returns the same pass for a batch of another size. */
    public ForwardPass scaled(long scale) {
        return new ForwardPass(manager, device, training, constants, scale);
    }

    /** Returns a number in the type of an array, of shape []. It lives as long as the block; do not close it. */
    NDArray scalar(double value, NDArray like) {
        return constants.scalar(value, like.getDataType(), device);
    }

    /** Returns a number, of shape []. It lives as long as the block; do not close it. */
    NDArray scalar(double value, DataType type) {
        return constants.scalar(value, type, device);
    }

    /** Returns an array of values in Java. PyTorch reads them in place, so they stay until the manager is closed. */
    NDArray array(TensorData values) {
        NDArray array = HostTensors.array(values, manager);
        NDScope.unregister(array);
        return array;
    }

    /** Returns an array of integers [n] in Java. */
    NDArray array(long... values) {
        return array(TensorData.vector(values));
    }
}
