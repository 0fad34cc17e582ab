package dev.jzoo.export.verification;

import dev.jzoo.export.Parity;
import dev.jzoo.export.TensorBridge;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.TensorFile;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The run of a model on a folder of the ONNX test format: {@code input_0.pb} ... and {@code output_0.pb} ... */
public final class TestDataCheck {

    private TestDataCheck() {}

    /**
     * How far a model is from the expected outputs.
     *
     * @param largest absolute difference
     * @param problem what does not agree, in words; empty if all does
     */
    public record TestSetDifference(double largest, String problem) {}

    /**
     * Compares. A value agrees within max({@link Parity#ABSOLUTE}, {@link Parity#RELATIVE} times the expected value).
     *
     * @param set the folder
     * @throws DataFormatException where a file of the folder is missing or broken
     */
    public static TestSetDifference compare(OnnxModel model, Path set) throws IOException {
        Map<String, Tensor> inputs = read(set, "input", model.inputs());
        Map<String, Tensor> expected = read(set, "output", model.outputs());
        Map<String, Tensor> actual = model.run(inputs, expected.keySet());
        double largest = 0;
        for (Map.Entry<String, Tensor> output : expected.entrySet()) {
            Tensor wanted = output.getValue();
            Tensor given = actual.get(output.getKey());
            if (wanted.type() != given.type() || !Arrays.equals(wanted.shape(), given.shape())) {
                return new TestSetDifference(
                        largest, "'" + output.getKey() + "' is " + given + ", expected was " + wanted + ".");
            }
            double[] a = numbers(given);
            double[] b = numbers(wanted);
            for (int i = 0; i < a.length; i++) {
                double difference = Double.compare(a[i], b[i]) == 0 ? 0 : Math.abs(a[i] - b[i]);
                // Not ">": a NaN on one side alone must count.
                if (!(difference <= Math.max(Parity.ABSOLUTE, Parity.RELATIVE * Math.abs(b[i])))) {
                    return new TestSetDifference(
                            difference,
                            "value " + i + " of '" + output.getKey() + "' is " + a[i] + ", expected was " + b[i] + ".");
                }
                largest = Math.max(largest, difference);
            }
        }
        return new TestSetDifference(largest, "");
    }

    private static Map<String, Tensor> read(Path set, String kind, List<Port> ports) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            Path file = set.resolve(kind + "_" + i + ".pb");
            if (!Files.exists(file)) {
                break;
            }
            TensorFile read = TensorFile.read(file);
            tensors.put(read.name().isEmpty() ? ports.get(i).name() : read.name(), TensorBridge.tensor(read.data()));
        }
        if (tensors.isEmpty()) {
            throw new DataFormatException(set, "expected the file " + kind + "_0.pb, found none");
        }
        return tensors;
    }

    private static double[] numbers(Tensor tensor) {
        return switch (tensor.type()) {
            case FLOAT, DOUBLE, INT64, INT32, UINT8 -> tensor.numbers();
            default -> throw new IllegalArgumentException("Outputs of " + tensor.type() + " are not compared.");
        };
    }
}
