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
     * The difference between a model's outputs and the expected outputs.
     *
     * @param largest largest absolute difference
     * @param problem a description of the first disagreement; empty if all agree
     */
    public record TestSetDifference(double largest, String problem) {}

    /**
     * Compares every output of the model. A value agrees within max({@link Parity#ABSOLUTE}, {@link Parity#RELATIVE}
     * times the expected value). If the expected value is NaN or infinite, it does not agree.
     *
     * @param set the folder
     * @throws DataFormatException if a file of the folder is missing or broken, or there is one too many
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
                        largest, "'" + output.getKey() + "' is " + given + ", expected " + wanted + ".");
            }
            double[] a = numbers(given);
            double[] b = numbers(wanted);
            if (b.length == 0) {
                return new TestSetDifference(largest, "'" + output.getKey() + "' has no values to compare.");
            }
            for (int i = 0; i < a.length; i++) {
                if (!Double.isFinite(b[i])) {
                    return new TestSetDifference(
                            Double.POSITIVE_INFINITY,
                            "value " + i + " of '" + output.getKey() + "' cannot be compared: the expected value is "
                                    + b[i] + ", found " + a[i] + ".");
                }
                double difference = Math.abs(a[i] - b[i]);
                // Not ">", so that a NaN on one side counts.
                if (!(difference <= Math.max(Parity.ABSOLUTE, Parity.RELATIVE * Math.abs(b[i])))) {
                    return new TestSetDifference(
                            difference,
                            "value " + i + " of '" + output.getKey() + "' is " + a[i] + ", expected " + b[i] + ".");
                }
                largest = Math.max(largest, difference);
            }
        }
        return new TestSetDifference(largest, "");
    }

    private static Map<String, Tensor> read(Path set, String kind, List<Port> ports) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            Path file = file(set, kind, i);
            if (!Files.exists(file)) {
                throw new DataFormatException(set, "expected the file " + file.getFileName() + ", found none");
            }
            TensorFile read = TensorFile.read(file);
            String name = read.name().isEmpty() ? ports.get(i).name() : read.name();
            if (tensors.put(name, TensorBridge.tensor(read.data())) != null) {
                throw new DataFormatException(
                        file, "expected another " + kind + " than '" + name + "', found it twice");
            }
        }
        if (Files.exists(file(set, kind, ports.size()))) {
            throw new DataFormatException(
                    set,
                    "expected " + ports.size() + " files of " + kind + "s, found "
                            + file(set, kind, ports.size()).getFileName());
        }
        return tensors;
    }

    private static Path file(Path set, String kind, int index) {
        return set.resolve(kind + "_" + index + ".pb");
    }

    private static double[] numbers(Tensor tensor) {
        return switch (tensor.type()) {
            case FLOAT, DOUBLE, INT64, INT32, UINT8 -> tensor.numbers();
            default -> throw new IllegalArgumentException("Cannot compare an output of " + tensor.type() + ".");
        };
    }
}
