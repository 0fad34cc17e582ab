package dev.jzoo.training.onnx;

import ai.djl.nn.Parameter;
import dev.jzoo.onnx.TensorData;
import java.util.Set;

/**
 * A constant of a graph that is trained, or that follows the batches.
 *
 * @param name name of the tensor
 * @param type role in its layer: weight, bias, running mean
 * @param value the value in the file
 * @param layer name of the node that reads it first
 * @param reached whether it receives a gradient from an output
 */
record TrainableWeight(String name, Parameter.Type type, TensorData value, String layer, boolean reached) {

    /** Returns whether it is trained by gradients, and not computed from batches. */
    boolean learns() {
        return reached && !isStatistic();
    }

    /** Returns whether it is computed from batches. */
    boolean isStatistic() {
        return type == Parameter.Type.RUNNING_MEAN || type == Parameter.Type.RUNNING_VAR;
    }

    TrainableWeight reachedBy(Set<String> gradients) {
        return new TrainableWeight(name, type, value, layer, gradients.contains(name));
    }
}
