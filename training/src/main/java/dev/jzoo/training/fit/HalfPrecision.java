package dev.jzoo.training.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.jzoo.export.onnx.Half;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rounds the large weights of a trained network to what a half has, so that its file can be half as large and lose nothing. */
public final class HalfPrecision {

    private HalfPrecision() {}

    /**
     * Rounds in place.
     *
     * @param network a block of DJL or a network of DL4J
     */
    public static void round(Object network) {
        if (network instanceof Block block) {
            block.getParameters().values().stream().map(Parameter::getArray).forEach(HalfPrecision::round);
        } else if (network instanceof Model model) {
            model.paramTable().values().forEach(HalfPrecision::round);
        } else {
            throw new IllegalArgumentException("No network of DJL or DL4J: " + network.getClass());
        }
    }

    private static void round(NDArray array) {
        if (array.size() >= Half.LARGE) {
            array.set(FloatBuffer.wrap(rounded(array.toFloatArray())));
        }
    }

    private static void round(INDArray array) {
        if (array.length() >= Half.LARGE) {
            array.assign(Nd4j.createFromArray(rounded(array.dup('c').data().asFloat()))
                    .reshape('c', array.shape()));
        }
    }

    private static float[] rounded(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Half.rounded(values[i]);
        }
        return values;
    }
}
