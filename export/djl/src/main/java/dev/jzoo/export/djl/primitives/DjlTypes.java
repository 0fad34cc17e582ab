package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A converter of types and values from DJL to ONNX and back. */
public final class DjlTypes {

    private DjlTypes() {}

    public static DataType of(ai.djl.ndarray.types.DataType type) {
        return switch (type) {
            case FLOAT32 -> DataType.FLOAT;
            case FLOAT64 -> DataType.DOUBLE;
            case FLOAT16 -> DataType.FLOAT16;
            case BFLOAT16 -> DataType.BFLOAT16;
            case UINT8 -> DataType.UINT8;
            case INT8 -> DataType.INT8;
            case INT16 -> DataType.INT16;
            case INT32 -> DataType.INT32;
            case INT64 -> DataType.INT64;
            case BOOLEAN -> DataType.BOOL;
            case COMPLEX64 -> throw new StepContext.UnsupportedStepException("ONNX has no complex tensors");
            default -> throw new StepContext.UnsupportedStepException("the element type " + type);
        };
    }

    public static ai.djl.ndarray.types.DataType of(DataType type) {
        return switch (type) {
            case FLOAT -> ai.djl.ndarray.types.DataType.FLOAT32;
            case DOUBLE -> ai.djl.ndarray.types.DataType.FLOAT64;
            case FLOAT16 -> ai.djl.ndarray.types.DataType.FLOAT16;
            case BFLOAT16 -> ai.djl.ndarray.types.DataType.BFLOAT16;
            case UINT8 -> ai.djl.ndarray.types.DataType.UINT8;
            case INT8 -> ai.djl.ndarray.types.DataType.INT8;
            case INT16 -> ai.djl.ndarray.types.DataType.INT16;
            case INT32 -> ai.djl.ndarray.types.DataType.INT32;
            case INT64 -> ai.djl.ndarray.types.DataType.INT64;
            case BOOL -> ai.djl.ndarray.types.DataType.BOOLEAN;
            default ->
                throw new IllegalArgumentException(
                        "Cannot convert values of type " + type + ": DJL has no such arrays.");
        };
    }

    /** Returns an array's values. DJL returns them in the machine's byte order. */
    public static TensorData data(NDArray array) {
        ByteBuffer bytes = array.toByteBuffer();
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(bytes).flip();
        DataType type = of(array.getDataType());
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN && type.bytes() > 1) {
            throw new StepContext.UnsupportedStepException("a network on a big-endian machine");
        }
        return TensorData.of(type, copy, array.getShape().getShape());
    }

    /**
     * Returns a weight's values in place, without a copy; they are valid as long as the network keeps the weight. The
     * weights are most of the memory that a network takes.
     */
    static TensorData view(NDArray weight) {
        if (weight.getDevice().isGpu() || ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
            return data(weight);
        }
        ByteBuffer bytes = weight.toByteBuffer(true).asReadOnlyBuffer();
        return TensorData.of(
                of(weight.getDataType()),
                sink -> sink.accept(bytes.duplicate()),
                weight.getShape().getShape());
    }

    /** Returns one number of a type, of shape []. */
    static TensorData scalar(DataType type, double value) {
        ByteBuffer bytes = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT -> bytes.putFloat((float) value);
            case DOUBLE -> bytes.putDouble(value);
            case FLOAT16 -> bytes.putShort(Half.of((float) value));
            case INT64 -> bytes.putLong((long) value);
            case INT32 -> bytes.putInt((int) value);
            case INT16 -> bytes.putShort((short) value);
            case UINT8, INT8 -> bytes.put((byte) value);
            default ->
                throw new StepContext.UnsupportedStepException("a number as an operand with a tensor of " + type);
        }
        return TensorData.of(type, bytes.flip());
    }

    /** Returns an array in the type that the runtime's tensors use for the array's type: halves become floats. */
    public static NDArray carried(NDArray array) {
        return switch (array.getDataType()) {
            case FLOAT16, BFLOAT16 -> array.toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
            default -> array;
        };
    }

    /** Returns a manager's array with the given values. */
    public static NDArray array(NDManager manager, TensorData data) {
        return manager.create(data.bytes(), new Shape(data.dims()), of(data.type()));
    }
}
