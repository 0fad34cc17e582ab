package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor that is assembled from runs of elements of other tensors. */
final class TensorAssembly {

    private final DataType type;
    private final ByteBuffer bytes;

    TensorAssembly(DataType type, long elements) {
        this.type = type;
        bytes = ByteBuffer.allocate(Math.toIntExact(elements * type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Appends a run of elements of a tensor of the same type. */
    void copy(TensorData from, long first, long elements) {
        int width = type.bytes();
        bytes.put(from.bytes().slice((int) (first * width), (int) (elements * width)));
    }

    /** Appends one element of little-endian values of the same type. */
    void copy(ByteBuffer from, long position) {
        int at = (int) (position * type.bytes());
        switch (type.bytes()) {
            case 1 -> bytes.put(from.get(at));
            case 2 -> bytes.putShort(from.getShort(at));
            case 4 -> bytes.putInt(from.getInt(at));
            default -> bytes.putLong(from.getLong(at));
        }
    }

    TensorData tensor(long[] dims) {
        return TensorData.of(type, bytes.flip(), dims);
    }
}
