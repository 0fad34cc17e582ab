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
 * @param batchScale how many times the batch is given that a file with a fixed one was written for
 */
public record ForwardPass(
        NDManager manager, Device device, boolean training, BlockConstants constants, long batchScale) {

    /** A pass of the batch that the file was written for, or of any where it leaves it open. */
    public ForwardPass(NDManager manager, Device device, boolean training, BlockConstants constants) {
        this(manager, device, training, constants, 1);
    }

    /** The same pass of a batch of another size. */
    public ForwardPass scaled(long scale) {
        return new ForwardPass(manager, device, training, constants, scale);
    }

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
