package dev.jzoo.export;

import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * Runs a file in ONNX Runtime and its network in the framework. The file is run whole, on random inputs of its own; the
 * tensors that its network reads are made outputs and given to the framework, so that both compute from the same numbers.
 */
final class ParityCheck {

    private static final List<Integer> BATCHES = List.of(1, 3);
    private static final int SEED = 20260701;

    private final SourceNetwork network;
    private final OnnxFile file;
    private final List<String> read;
    private final List<ValueInfo> written;
    private final Tolerance tolerance;

    private double maxAbsolute;
    private double maxError;
    private double worstExcess;
    private String disagreement = "";
    private long values;

    /**
     * @param read tensors of the file's graph that are the network's inputs
     * @param written tensors of the file's graph that are the network's outputs
     */
    ParityCheck(SourceNetwork network, OnnxFile file, List<String> read, List<ValueInfo> written, Tolerance tolerance) {
        this.network = network;
        this.file = file;
        this.read = List.copyOf(read);
        this.written = List.copyOf(written);
        this.tolerance = tolerance;
    }

    /** Compares at each batch size, with ONNX Runtime's optimisations off and on. */
    Parity run() throws IOException {
        byte[] probe = probe().toBytes();
        for (Optimisation level : Optimisation.values()) {
            SessionSettings settings = SessionSettings.standard().withOptimisation(level);
            try (OnnxModel model = OnnxModel.open(probe, "the exported network", Device.cpu(), settings)) {
                for (int batch : BATCHES) {
                    compare(model, batch);
                }
            }
        }
        return new Parity(values, BATCHES, maxAbsolute, maxError, disagreement);
    }

    /** The file with the tensors at the network's borders as outputs. */
    private OnnxFile probe() {
        Map<String, ValueInfo> outputs = new LinkedHashMap<>();
        file.graph().outputs().forEach(output -> outputs.put(output.name(), output));
        written.forEach(output -> outputs.putIfAbsent(output.name(), output));
        for (int i = 0; i < read.size(); i++) {
            if (!isInput(read.get(i))) {
                outputs.putIfAbsent(read.get(i), network.inputs().get(i).named(read.get(i)));
            }
        }
        return file.withGraph(file.graph().withOutputs(List.copyOf(outputs.values())));
    }

    private boolean isInput(String tensor) {
        return file.graph().inputs().stream().anyMatch(input -> input.name().equals(tensor));
    }

    private void compare(OnnxModel model, int batch) {
        Random random = new Random(SEED + batch);
        Map<String, Tensor> given = new LinkedHashMap<>();
        ToLongFunction<Dim> sizes =
                dim -> dim instanceof Dim.Fixed fixed ? fixed.size() : dim.equals(Dim.BATCH) ? batch : 4 + batch;
        for (ValueInfo input : file.graph().inputs()) {
            int own = read.indexOf(input.name());
            given.put(
                    input.name(),
                    own < 0
                            ? Examples.of(input, sizes, random)
                            : network.example(network.inputs().get(own), sizes, random));
        }
        Map<String, Tensor> actual = model.run(given);
        List<Tensor> inputs = new ArrayList<>();
        for (String tensor : read) {
            inputs.add(isInput(tensor) ? given.get(tensor) : actual.get(tensor));
        }
        List<Tensor> expected = network.run(inputs);
        for (int i = 0; i < expected.size(); i++) {
            String name = written.get(i).name();
            compare(name + " at batch " + batch, doubles(expected.get(i)), doubles(actual.get(name)));
        }
    }

    private void compare(String where, double[] expected, double[] actual) {
        if (expected.length != actual.length) {
            disagreement = where + " has " + expected.length + " values in the framework and " + actual.length
                    + " in ONNX Runtime";
            return;
        }
        values += expected.length;
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(expected[i], actual[i]) == 0) {
                continue;
            }
            double difference = Math.abs(expected[i] - actual[i]);
            maxAbsolute = Math.max(maxAbsolute, difference);
            maxError = Math.max(maxError, difference / Math.max(1, Math.abs(expected[i])));
            double excess = difference / tolerance.of(expected[i], largest);
            // Not "excess > 1": a NaN on one side alone must count as a disagreement.
            if (!(excess <= Math.max(1, worstExcess))) {
                worstExcess = excess;
                disagreement = where + ", value " + i + ": " + expected[i] + " in the framework, " + actual[i]
                        + " in ONNX Runtime";
            }
        }
    }

    private static double[] doubles(Tensor tensor) {
        ElementType type = tensor.type();
        return switch (type) {
            case FLOAT -> {
                float[] floats = tensor.floats();
                double[] doubles = new double[floats.length];
                for (int i = 0; i < floats.length; i++) {
                    doubles[i] = floats[i];
                }
                yield doubles;
            }
            case DOUBLE -> tensor.doubles();
            case INT64 -> Arrays.stream(tensor.longs()).asDoubleStream().toArray();
            case INT32 -> Arrays.stream(tensor.ints()).asDoubleStream().toArray();
            default -> throw new IllegalArgumentException("Outputs of " + type + " cannot be compared.");
        };
    }
}
