package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.annotation.Internal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A converter from the runtime's {@link Tensor} to the graph's {@link TensorData} and back. */
@Internal
public final class TensorBridge {

    private TensorBridge() {}

    /** Packs a tensor's values. Fails with IllegalArgumentException for strings. */
    public static TensorData data(Tensor tensor) {
        long[] shape = tensor.shape();
        return switch (tensor.type()) {
            case FLOAT -> TensorData.of(tensor.floats(), shape);
            case INT64 -> TensorData.of(tensor.longs(), shape);
            case DOUBLE -> {
                ByteBuffer bytes = allocate(tensor.size(), Double.BYTES);
                bytes.asDoubleBuffer().put(tensor.doubles());
                yield TensorData.of(DataType.DOUBLE, bytes, shape);
            }
            case INT32 -> {
                ByteBuffer bytes = allocate(tensor.size(), Integer.BYTES);
                bytes.asIntBuffer().put(tensor.ints());
                yield TensorData.of(DataType.INT32, bytes, shape);
            }
            case UINT8 -> TensorData.of(DataType.UINT8, ByteBuffer.wrap(tensor.bytes()), shape);
            case INT8 -> TensorData.of(DataType.INT8, ByteBuffer.wrap(tensor.bytes()), shape);
            case BOOL -> {
                ByteBuffer bytes = allocate(tensor.size(), 1);
                for (boolean value : tensor.booleans()) {
                    bytes.put((byte) (value ? 1 : 0));
                }
                yield TensorData.of(DataType.BOOL, bytes.flip(), shape);
            }
            default ->
                throw new IllegalArgumentException(
                        "Cannot pack a tensor of " + tensor.type() + ": only numbers and truth values can be packed.");
        };
    }

    /**
     * Converts packed values to a tensor, and half-precision values to floats. Fails with IllegalArgumentException for
     * a type that the runtime's tensors lack.
     */
    public static Tensor tensor(TensorData data) {
        ByteBuffer bytes = data.bytes();
        long[] dims = data.dims();
        int size = Math.toIntExact(data.elements());
        return switch (data.type()) {
            case FLOAT -> Tensor.of(data.floats(), dims);
            case FLOAT16 -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = Half.toFloat(bytes.getShort());
                }
                yield Tensor.of(values, dims);
            }
            case BFLOAT16 -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = Float.intBitsToFloat(bytes.getShort() << 16);
                }
                yield Tensor.of(values, dims);
            }
            case INT64 -> Tensor.ofLongs(data.longs(), dims);
            case DOUBLE -> {
                double[] values = new double[size];
                bytes.asDoubleBuffer().get(values);
                yield Tensor.ofDoubles(values, dims);
            }
            case INT32 -> {
                int[] values = new int[size];
                bytes.asIntBuffer().get(values);
                yield Tensor.ofInts(values, dims);
            }
            case UINT8 -> Tensor.ofBytes(bytes(bytes, size), dims);
            case INT8 -> Tensor.ofSignedBytes(bytes(bytes, size), dims);
            case BOOL -> {
                boolean[] values = new boolean[size];
                for (int i = 0; i < size; i++) {
                    values[i] = bytes.get(i) != 0;
                }
                yield Tensor.ofBooleans(values, dims);
            }
            default ->
                throw new IllegalArgumentException(
                        "Cannot convert values of type " + data.type() + ": the runtime has no tensor of that type.");
        };
    }

    private static byte[] bytes(ByteBuffer buffer, int size) {
        byte[] values = new byte[size];
        buffer.get(values);
        return values;
    }

    private static ByteBuffer allocate(int count, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
