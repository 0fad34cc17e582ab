package dev.jzoo.labs.regularisation;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.scratch.Array;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** The outputs of an exported network, computed by ONNX Runtime. */
public final class OnnxOutputs {

    private OnnxOutputs() {}

    /** Runs a model of one input and one output on the processor. */
    public static Array of(OnnxFile file, Array inputs) throws IOException {
        float[] values = new float[inputs.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) inputs.values()[i];
        }
        long[] shape = Arrays.stream(inputs.shape()).asLongStream().toArray();
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "the exported network", Device.cpu())) {
            String name = file.graph().inputs().get(0).name();
            Tensor output = model.run(Map.of(name, Tensor.of(values, shape)))
                    .values()
                    .iterator()
                    .next();
            return Array.of(
                    output.numbers(),
                    Arrays.stream(output.shape()).mapToInt(Math::toIntExact).toArray());
        }
    }

    /** Returns the largest absolute difference between two arrays of the same shape. */
    public static double difference(Array a, Array b) {
        return Arrays.stream(a.minus(b).values()).map(Math::abs).max().orElse(0);
    }
}
