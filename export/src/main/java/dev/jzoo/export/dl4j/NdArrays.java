package dev.jzoo.export.dl4j;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.TensorData;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** Values from ND4J's arrays to packed tensors and back. */
final class NdArrays {

    private NdArrays() {}

    /** The values as 32-bit floating point, row-major whatever order they lie in. */
    static TensorData data(INDArray array) {
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
                    case INT64 ->
                        java.util.Arrays.stream(tensor.longs()).asDoubleStream().toArray();
                    case INT32 ->
                        java.util.Arrays.stream(tensor.ints()).asDoubleStream().toArray();
                    default ->
                        throw new IllegalArgumentException(
                                "A DL4J network takes numbers, not a tensor of " + tensor.type() + ".");
                };
        float[] floats = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
        return floats;
    }
}
