package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Arithmetic on constants of 64-bit integers and 32-bit floating point, with one rounding to nearest, as IEEE 754 requires.
 */
final class ConstantArithmetic {

    private ConstantArithmetic() {}

    /** Computes Add, Sub, Mul or Div with broadcasting; empty for other types, and for integers divided by 0. */
    static Optional<TensorData> binary(String opType, TensorData a, TensorData b) {
        if (a.type() != b.type() || (a.type() != DataType.INT64 && a.type() != DataType.FLOAT)) {
            return Optional.empty();
        }
        long[] dims = StridedWalk.broadcast(a.dims(), b.dims());
        int count = Math.toIntExact(Arrays.stream(dims).reduce(1, Math::multiplyExact));
        int[] ours = positions(a.dims(), dims, count);
        int[] theirs = positions(b.dims(), dims, count);
        if (a.type() == DataType.FLOAT) {
            float[] x = a.floats();
            float[] y = b.floats();
            float[] results = new float[count];
            for (int i = 0; i < count; i++) {
                results[i] = compute(opType, x[ours[i]], y[theirs[i]]);
            }
            return Optional.of(TensorData.of(results, dims));
        }
        long[] x = a.longs();
        long[] y = b.longs();
        if (opType.equals("Div") && Arrays.stream(y).anyMatch(value -> value == 0)) {
            return Optional.empty();
        }
        long[] results = new long[count];
        for (int i = 0; i < count; i++) {
            results[i] = compute(opType, x[ours[i]], y[theirs[i]]);
        }
        return Optional.of(TensorData.of(results, dims));
    }

    private static float compute(String opType, float x, float y) {
        return switch (opType) {
            case "Add" -> x + y;
            case "Sub" -> x - y;
            case "Mul" -> x * y;
            default -> x / y;
        };
    }

    private static long compute(String opType, long x, long y) {
        return switch (opType) {
            case "Add" -> x + y;
            case "Sub" -> x - y;
            case "Mul" -> x * y;
            default -> x / y;
        };
    }

    private static int[] positions(long[] own, long[] dims, int count) {
        int[] positions = new int[count];
        int[] next = {0};
        StridedWalk.walk(
                dims, StridedWalk.broadcastStrides(own, dims), 0, position -> positions[next[0]++] = (int) position);
        return positions;
    }

    /**
     * Computes a Cast whose values are always in the new type's range: to the same type, from integers, and to 64-bit
     * floating point.
     */
    static Optional<TensorData> cast(TensorData x, long code) {
        if (code == x.type().code()) {
            return Optional.of(x);
        }
        int count = Math.toIntExact(x.elements());
        boolean integers = x.type() == DataType.INT64 || x.type() == DataType.INT32;
        if (integers && code == DataType.FLOAT.code()) {
            long[] values = ConstantOperators.integers(x);
            float[] results = new float[count];
            for (int i = 0; i < count; i++) {
                results[i] = values[i];
            }
            return Optional.of(TensorData.of(results, x.dims()));
        } else if (integers && code == DataType.INT64.code()) {
            return Optional.of(TensorData.of(ConstantOperators.integers(x), x.dims()));
        } else if (x.type() == DataType.INT64 && code == DataType.INT32.code()) {
            long[] values = x.longs();
            if (Arrays.stream(values).anyMatch(value -> value != (int) value)) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            Arrays.stream(values).forEach(value -> bytes.putInt((int) value));
            return Optional.of(TensorData.of(DataType.INT32, bytes.flip(), x.dims()));
        } else if (x.type() == DataType.FLOAT && code == DataType.DOUBLE.code()) {
            ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : x.floats()) {
                bytes.putDouble(value);
            }
            return Optional.of(TensorData.of(DataType.DOUBLE, bytes.flip(), x.dims()));
        }
        return Optional.empty();
    }
}
