package dev.jzoo.export.dl4j;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.TensorData;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Values from ND4J's arrays to packed tensors and back. */
final class NdArrays {

    /** Elements from which on a tensor is read in pieces, and of a piece. */
    private static final long PIECE = 1 << 20;

    private NdArrays() {}

    /**
     * The values as 32-bit floating point, row-major whatever order they lie in. Large ones are read from the array whenever
     * they are asked for.
     */
    static TensorData data(INDArray array) {
        return array.rank() > 1 && array.length() > PIECE
                ? TensorData.of(DataType.FLOAT, sink -> read(array, sink), array.shape())
                : copy(array);
    }

    /** Some rows at a time, so that a matrix whose order is another is not held twice. */
    private static void read(INDArray array, TensorData.Sink sink) throws IOException {
        long rows = array.size(0);
        long step = Math.max(1, PIECE / (array.length() / rows));
        INDArrayIndex[] part = new INDArrayIndex[array.rank()];
        Arrays.fill(part, NDArrayIndex.all());
        for (long row = 0; row < rows; row += step) {
            part[0] = NDArrayIndex.interval(row, Math.min(rows, row + step));
            try (INDArray packed = array.get(part)
                    .castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT)
                    .dup('c')) {
                ByteBuffer piece = ByteBuffer.allocate(Math.toIntExact(packed.length() * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                piece.asFloatBuffer().put(packed.data().asNioFloat());
                sink.accept(piece);
            }
        }
    }

    private static TensorData copy(INDArray array) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(array.length(), Float.BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(packed(array).data().asNioFloat());
        return TensorData.of(DataType.FLOAT, bytes, array.shape());
    }

    static Tensor tensor(INDArray array) {
        return Tensor.of(packed(array).data().asFloat(), array.shape());
    }

    /** The array itself where its values already lie row-major in memory of its own: weights are large. */
    private static INDArray packed(INDArray array) {
        INDArray floats = array.castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
        boolean isPacked = floats.ordering() == 'c' && !floats.isView() && Shape.hasDefaultStridesForShape(floats);
        return isPacked ? floats : floats.dup('c');
    }

    /** A tensor of numbers as an array of another type. */
    static INDArray array(Tensor tensor, org.nd4j.linalg.api.buffer.DataType type) {
        return Nd4j.create(numbers(tensor), tensor.shape(), 'c').castTo(type);
    }

    private static float[] numbers(Tensor tensor) {
        if (tensor.type() == ElementType.FLOAT) {
            return tensor.floats();
        }
        double[] values =
                switch (tensor.type()) {
                    case DOUBLE -> tensor.doubles();
                    case INT64 -> Arrays.stream(tensor.longs()).asDoubleStream().toArray();
                    case INT32 -> Arrays.stream(tensor.ints()).asDoubleStream().toArray();
                    default ->
                        throw new IllegalArgumentException(
                                "A DL4J network takes numbers, not a tensor of " + tensor.type() + ".");
                };
        float[] floats = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
        return floats;
    }
}
