package dev.jzoo.training.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.onnx.operators.HostTensors;
import dev.jzoo.training.onnx.operators.OperatorInputs;
import java.util.List;
import java.util.function.Function;

/** Plain gradient descent. */
final class Training {

    private Training() {}

    /** Takes steps down a loss. Returns the loss before each. */
    static double[] descend(
            OnnxBlock block,
            NDManager manager,
            List<TensorData> inputs,
            Function<NDArray, NDArray> loss,
            float rate,
            int steps) {
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            try (NDManager step = manager.newSubManager();
                    GradientCollector collector =
                            ai.djl.engine.Engine.getInstance().newGradientCollector()) {
                NDList arrays = new NDList();
                inputs.forEach(input -> arrays.add(HostTensors.array(input, step)));
                NDArray output = block.forward(new ParameterStore(manager, false), arrays, true)
                        .head();
                NDArray value = loss.apply(output);
                collector.backward(value);
                losses[i] = value.toFloatArray()[0];
                block.getParameters().values().stream()
                        .filter(Parameter::requiresGradient)
                        .forEach(parameter -> descend(parameter.getArray(), rate));
            }
        }
        return losses;
    }

    private static void descend(NDArray weight, float rate) {
        try (NDArray gradient = weight.getGradient()) {
            weight.getNDArrayInternal()
                    .sgdUpdate(new NDList(weight, gradient), new NDList(weight), rate, 0, 1, -1, 0, false);
        }
    }

    /** The cross-entropy of logits [batch, classes, ...] with one class of each example. */
    static Function<NDArray, NDArray> crossEntropy(long... classes) {
        return logits -> {
            NDArray rows = OperatorInputs.reshaped(logits, classes.length, -1);
            NDArray targets = OperatorInputs.reshaped(logits.getManager().create(classes), classes.length, 1);
            return rows.logSoftmax(-1).gather(targets, -1).mean().neg();
        };
    }
}
