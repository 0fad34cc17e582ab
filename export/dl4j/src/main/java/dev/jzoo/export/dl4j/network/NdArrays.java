package dev.jzoo.export.dl4j.network;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** A converter of ND4J's arrays to packed tensors and back. */
public final class NdArrays {

    /** Number of elements from which a tensor is read in pieces, and size of a piece. */
    private static final int PIECE = 1 << 18;

    private NdArrays() {}

    /**
     * Returns the values as 32-bit floating point, row-major regardless of their order in memory. Large tensors are
     * read from the array each time they are requested.
     */
    public static TensorData data(INDArray array) {
        boolean isLarge = array.length() > PIECE
                && array.dataType() == org.nd4j.linalg.api.buffer.DataType.FLOAT
                && array.data().offset() + array.length() < Integer.MAX_VALUE / Float.BYTES;
        if (isLarge && isRowMajor(array)) {
            return TensorData.of(DataType.FLOAT, sink -> readRowMajor(array, sink), array.shape());
        } else if (isLarge && array.rank() == 2 && array.size(1) < PIECE) {
            return TensorData.of(DataType.FLOAT, sink -> readMatrix(array, sink), array.shape());
        }
        return copy(array);
    }

    /** Returns whether the values are packed and in order; strides along axes of one element are ignored. */
    private static boolean isRowMajor(INDArray array) {
        long packed = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != packed) {
                return false;
            }
            packed *= array.size(axis);
        }
        return true;
    }

    private static void readRowMajor(INDArray array, TensorData.PieceConsumer sink) throws IOException {
        FloatBuffer values = array.data().asNioFloat();
        int begin = values.position();
        int end = begin + (int) array.length();
        ByteBuffer piece = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = begin; from < end; from += PIECE) {
            int count = Math.min(PIECE, end - from);
            piece.clear().asFloatBuffer().put(values.slice(from, count));
            sink.accept(piece.slice(0, count * Float.BYTES));
        }
    }

    /**
     * Reads some rows at a time, and each of these blocks column by column, in the order in which a column-major matrix
     * is stored.
     */
    private static void readMatrix(INDArray array, TensorData.PieceConsumer sink) throws IOException {
        FloatBuffer values = array.data().asNioFloat();
        int rows = (int) array.size(0);
        int columns = (int) array.size(1);
        int rowStride = array.stride(0);
        int columnStride = array.stride(1);
        int step = PIECE / columns;
        ByteBuffer piece = ByteBuffer.allocate(step * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float[] part = new float[step * columns];
        for (int first = 0; first < rows; first += step) {
            int count = Math.min(step, rows - first);
            for (int column = 0; column < columns; column++) {
                int at = values.position() + first * rowStride + column * columnStride;
                for (int row = 0; row < count; row++) {
                    part[row * columns + column] = values.get(at + row * rowStride);
                }
            }
            piece.clear().asFloatBuffer().put(part, 0, count * columns);
            sink.accept(piece.slice(0, count * columns * Float.BYTES));
        }
    }

    private static TensorData copy(INDArray array) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(array.length(), Float.BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(packed(array).data().asNioFloat());
        return TensorData.of(DataType.FLOAT, bytes, array.shape());
    }

    public static Tensor tensor(INDArray array) {
        return Tensor.of(packed(array).data().asFloat(), array.shape());
    }

    /** Returns the array itself if its values are already row-major in their own memory, because weights are large. */
    private static INDArray packed(INDArray array) {
        INDArray floats = array.castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
        boolean isPacked = floats.ordering() == 'c' && !floats.isView() && Shape.hasDefaultStridesForShape(floats);
        return isPacked ? floats : floats.dup('c');
    }

    /** Converts a tensor of numbers to an array of another type. */
    public static INDArray array(Tensor tensor, org.nd4j.linalg.api.buffer.DataType type) {
        return Nd4j.create(numbers(tensor), tensor.shape(), 'c').castTo(type);
    }

    private static float[] numbers(Tensor tensor) {
        if (tensor.type() == ElementType.FLOAT) {
            return tensor.floats();
        }
        double[] values =
                switch (tensor.type()) {
                    case DOUBLE, INT64, INT32 -> tensor.numbers();
                    default ->
                        throw new IllegalArgumentException("Cannot pass a tensor of " + tensor.type()
                                + " to a DL4J network: it takes numbers only.");
                };
        float[] floats = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
        return floats;
    }
}
