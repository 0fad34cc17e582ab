package dev.jzoo.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.jzoo.training.network.GaussianWeights;
import dev.jzoo.training.onnx.OnnxBlock;
import java.util.Arrays;
import java.util.Random;

/** Random initial weights for a network with the architecture of a base. */
final class RandomWeights {

    private RandomWeights() {}

    /** Sets weights to He normal; scales and variances to 1; biases and means to 0. */
    static void into(OnnxBlock block, long seed) {
        Random random = new Random(seed);
        for (Pair<String, Parameter> named : block.getParameters()) {
            Parameter parameter = named.getValue();
            NDArray array = parameter.getArray();
            long[] shape = array.getShape().getShape();
            int count = Math.toIntExact(array.size());
            float[] values = new float[count];
            if (parameter.getType() == Parameter.Type.WEIGHT && shape.length > 1) {
                values = GaussianWeights.draw(count, Math.sqrt(2.0 * shape[0] / count), random);
            } else if (parameter.getType() == Parameter.Type.GAMMA
                    || parameter.getType() == Parameter.Type.RUNNING_VAR) {
                Arrays.fill(values, 1);
            }
            array.set(values);
        }
    }
}
