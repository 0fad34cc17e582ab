package dev.jzoo.training.onnx;

import ai.djl.nn.Parameter;
import dev.jzoo.onnx.TensorData;

/**
 * A constant of a graph that learns, or that follows the batches.
 *
 * @param name of the tensor
 * @param type what it is in its layer: weight, bias, running mean
 * @param value that the file has
 * @param layer name of the node that reads it first
 */
record TrainableWeight(String name, Parameter.Type type, TensorData value, String layer) {

    /** Whether it is learned by gradients, not counted from batches. */
    boolean learns() {
        return type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR;
    }
}
