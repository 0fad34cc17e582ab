package dev.jzoo.training.onnx;

import ai.djl.nn.Parameter;
import dev.jzoo.onnx.TensorData;
import java.util.Set;

/**
 * A constant of a graph that learns, or that follows the batches.
 *
 * @param name of the tensor
 * @param type what it is in its layer: weight, bias, running mean
 * @param value that the file has
 * @param layer name of the node that reads it first
 * @param reached whether a gradient comes to it from an output
 */
record TrainableWeight(String name, Parameter.Type type, TensorData value, String layer, boolean reached) {

    /** Whether it is learned by gradients, not counted from batches. */
    boolean learns() {
        return reached && !isStatistic();
    }

    /** Whether it is counted from batches. */
    boolean isStatistic() {
        return type == Parameter.Type.RUNNING_MEAN || type == Parameter.Type.RUNNING_VAR;
    }

    TrainableWeight reachedBy(Set<String> gradients) {
        return new TrainableWeight(name, type, value, layer, gradients.contains(name));
    }
}
