package dev.jzoo.export.onnx.passes;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor that is put together from runs of elements of others. */
final class Blocks {

    private final DataType type;
    private final ByteBuffer bytes;

    Blocks(DataType type, long elements) {
        this.type = type;
        bytes = ByteBuffer.allocate(Math.toIntExact(elements * type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Appends a run of elements of a tensor of the same type. */
    void copy(TensorData from, long first, long elements) {
        int width = type.bytes();
        bytes.put(from.bytes().slice((int) (first * width), (int) (elements * width)));
    }

    TensorData tensor(long[] dims) {
        return TensorData.of(type, bytes.flip(), dims);
    }
}
