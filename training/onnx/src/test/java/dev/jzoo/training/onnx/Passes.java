package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.jzoo.export.TensorBridge;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.onnx.operators.HostTensors;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Forward passes of blocks and of ONNX Runtime on the same values. */
final class Passes {

    private Passes() {}

    /** A block with its weights, ready to compute. */
    static OnnxBlock initialised(OnnxBlock block, NDManager manager) {
        block.initialize(manager, DataType.FLOAT32);
        return block;
    }

    static List<TensorData> outputs(OnnxBlock block, NDManager manager, List<TensorData> inputs) {
        return outputs(block, manager, inputs, false);
    }

    static List<TensorData> outputs(OnnxBlock block, NDManager manager, List<TensorData> inputs, boolean training) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList arrays = new NDList();
            inputs.forEach(input -> arrays.add(HostTensors.array(input, scratch)));
            NDList outputs = block.forward(new ParameterStore(manager, false), arrays, training);
            for (int i = 0; i < inputs.size(); i++) {
                assertArrayEquals(
                        inputs.get(i).dims(), arrays.get(i).getShape().getShape(), "the shape of an input changed");
            }
            return outputs.stream()
                    .map(output -> HostTensors.tensor(output, type(output.getDataType())))
                    .toList();
        }
    }

    private static dev.jzoo.onnx.DataType type(DataType type) {
        return switch (type) {
            case FLOAT32 -> dev.jzoo.onnx.DataType.FLOAT;
            case FLOAT64 -> dev.jzoo.onnx.DataType.DOUBLE;
            case FLOAT16 -> dev.jzoo.onnx.DataType.FLOAT16;
            case INT64 -> dev.jzoo.onnx.DataType.INT64;
            case INT32 -> dev.jzoo.onnx.DataType.INT32;
            case UINT8 -> dev.jzoo.onnx.DataType.UINT8;
            case INT8 -> dev.jzoo.onnx.DataType.INT8;
            case BOOLEAN -> dev.jzoo.onnx.DataType.BOOL;
            default -> throw new AssertionError(type);
        };
    }

    static List<TensorData> runtime(OnnxFile given, List<TensorData> inputs) throws IOException {
        boolean half =
                given.graph().inputs().stream().anyMatch(input -> input.type() == dev.jzoo.onnx.DataType.FLOAT16);
        return half
                ? singleRuntime(HalfBorders.single(given), HalfBorders.single(inputs))
                : singleRuntime(given, inputs);
    }

    private static List<TensorData> singleRuntime(OnnxFile file, List<TensorData> inputs) throws IOException {
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            given.put(file.graph().inputs().get(i).name(), TensorBridge.tensor(inputs.get(i)));
        }
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "test", Device.cpu())) {
            Map<String, Tensor> results = model.run(given);
            return file.graph().outputs().stream()
                    .map(output -> TensorBridge.data(results.get(output.name())))
                    .toList();
        }
    }

    /** Random values for a file's inputs: numbers from -1 to 1, bytes, or integers below a limit. */
    static List<TensorData> random(OnnxFile file, Map<String, Long> sizes, int limit, Random random) {
        List<TensorData> inputs = new ArrayList<>();
        for (ValueInfo input : file.graph().inputs()) {
            long[] dims = input.shape().stream()
                    .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed
                            ? fixed.size()
                            : sizes.getOrDefault(dim.toString(), 1L))
                    .toArray();
            int count = (int) new Shape(dims).size();
            inputs.add(
                    switch (input.type()) {
                        case FLOAT -> floats(count, dims, random);
                        case DOUBLE -> {
                            ByteBuffer bytes =
                                    ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                            bytes.asDoubleBuffer()
                                    .put(random.doubles(count, -1, 1).toArray());
                            yield TensorData.of(input.type(), bytes, dims);
                        }
                        case UINT8 -> {
                            byte[] bytes = new byte[count];
                            random.nextBytes(bytes);
                            yield TensorData.of(input.type(), ByteBuffer.wrap(bytes), dims);
                        }
                        case INT64 ->
                            TensorData.of(random.longs(count, 0, limit).toArray(), dims);
                        case INT32 -> {
                            ByteBuffer bytes =
                                    ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                            bytes.asIntBuffer().put(random.ints(count, 0, limit).toArray());
                            yield TensorData.of(input.type(), bytes, dims);
                        }
                        default -> throw new AssertionError(input);
                    });
        }
        return inputs;
    }

    static TensorData floats(int count, long[] dims, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return TensorData.of(values, dims);
    }

    /** Equal shapes and types; numbers within max(1e-5, relative). */
    static void assertClose(List<TensorData> expected, List<TensorData> actual, double relative) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertClose(expected.get(i), actual.get(i), relative);
        }
    }

    static void assertClose(TensorData expected, TensorData given, double relative) {
        TensorData actual = HalfBorders.single(given);
        assertEquals(expected.type(), actual.type());
        assertArrayEquals(expected.dims(), actual.dims());
        double[] wanted = HostTensors.reals(expected);
        double[] found = HostTensors.reals(actual);
        for (int i = 0; i < wanted.length; i++) {
            double allowed = Math.max(1e-5, relative * Math.abs(wanted[i]));
            boolean close = Double.compare(wanted[i], found[i]) == 0 || Math.abs(wanted[i] - found[i]) <= allowed;
            assertTrue(close, "value " + i + ": expected " + wanted[i] + ", found " + found[i]);
        }
    }
}
