package dev.jzoo.export;

import dev.jzoo.export.onnx.DataType;
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

    private double maxAbsolute;
    private double maxError;
    private double worstExcess;
    private String disagreement = "";
    private long values;

    /**
     * @param read tensors of the file's graph that are the network's inputs
     * @param written tensors of the file's graph that are the network's outputs
     */
    ParityCheck(SourceNetwork network, OnnxFile file, List<String> read, List<ValueInfo> written) {
        this.network = network;
        this.file = file;
        this.read = List.copyOf(read);
        this.written = List.copyOf(written);
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
        file.graph().inputs().forEach(input -> given.put(input.name(), example(input, batch, random)));
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
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(expected[i], actual[i]) == 0) {
                continue;
            }
            double difference = Math.abs(expected[i] - actual[i]);
            maxAbsolute = Math.max(maxAbsolute, difference);
            maxError = Math.max(maxError, difference / Math.max(1, Math.abs(expected[i])));
            double excess = difference / Math.max(Parity.ABSOLUTE, Parity.RELATIVE * Math.abs(expected[i]));
            // Not "excess > 1": a NaN on one side alone must count as a disagreement.
            if (!(excess <= Math.max(1, worstExcess))) {
                worstExcess = excess;
                disagreement = where + ", value " + i + ": " + expected[i] + " in the framework, " + actual[i]
                        + " in ONNX Runtime";
            }
        }
    }

    private Tensor example(ValueInfo input, int batch, Random random) {
        long[] shape = input.shape().stream()
                .mapToLong(dim -> dim instanceof Dim.Fixed fixed ? fixed.size() : size(dim, batch))
                .toArray();
        int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        DataType type = input.type();
        if (type == DataType.UINT8) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return Tensor.ofBytes(bytes, shape);
        } else if (type == DataType.INT64) {
            return Tensor.ofLongs(random.longs(size, 0, 2).toArray(), shape);
        } else if (type == DataType.INT32) {
            return Tensor.ofInts(random.ints(size, 0, 2).toArray(), shape);
        } else if (type == DataType.BOOL) {
            boolean[] flags = new boolean[size];
            for (int i = 0; i < size; i++) {
                flags[i] = random.nextBoolean();
            }
            return Tensor.ofBooleans(flags, shape);
        } else if (type == DataType.DOUBLE) {
            return Tensor.ofDoubles(random.doubles(size).toArray(), shape);
        } else if (type == DataType.FLOAT) {
            float[] floats = new float[size];
            for (int i = 0; i < size; i++) {
                floats[i] = (float) random.nextGaussian();
            }
            return Tensor.of(floats, shape);
        }
        throw new IllegalArgumentException("Input '" + input.name() + "': no random values of " + type + ".");
    }

    /** Size of a symbolic axis: of its own for each, another for each batch size, and enough for some pooling. */
    private long size(Dim symbol, int batch) {
        List<Dim> others = file.graph().inputs().stream()
                .flatMap(input -> input.shape().stream())
                .filter(dim -> dim instanceof Dim.Symbol && !dim.equals(Dim.BATCH))
                .distinct()
                .toList();
        return symbol.equals(Dim.BATCH) ? batch : 11 + batch + 5L * others.indexOf(symbol);
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
            case BOOL -> {
                boolean[] flags = tensor.booleans();
                double[] doubles = new double[flags.length];
                for (int i = 0; i < flags.length; i++) {
                    doubles[i] = flags[i] ? 1 : 0;
                }
                yield doubles;
            }
            default -> throw new IllegalArgumentException("Outputs of " + type + " cannot be compared.");
        };
    }
}
