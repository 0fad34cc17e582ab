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
 * @param manager owner of what the pass leaves: that of its first input
 * @param device that computes
 * @param training whether dropout drops and statistics of batches are used
 * @param constants of the block
 */
public record ForwardPass(NDManager manager, Device device, boolean training, BlockConstants constants) {

    /** A number of the type of an array, of shape []. Lives as long as the block: not to be closed. */
    NDArray scalar(double value, NDArray like) {
        return constants.scalar(value, like.getDataType(), device);
    }

    /** A number, of shape []. Lives as long as the block: not to be closed. */
    NDArray scalar(double value, DataType type) {
        return constants.scalar(value, type, device);
    }

    /** An array of values that are in Java. PyTorch reads them where they are, so that they stay until the manager is closed. */
    NDArray array(TensorData values) {
        NDArray array = HostTensors.array(values, manager);
        NDScope.unregister(array);
        return array;
    }

    /** An array of integers [n] that are in Java. */
    NDArray array(long... values) {
        return array(TensorData.vector(values));
    }
}
