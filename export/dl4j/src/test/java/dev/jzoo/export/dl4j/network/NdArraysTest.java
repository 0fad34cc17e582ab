package dev.jzoo.export.dl4j.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.TensorData;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Tests that arrays as DL4J keeps parameters, views of one long vector in either order, are read in row-major order.
 */
class NdArraysTest {

    private static final int AT = 77;

    private static INDArray view(char order, long... shape) {
        long size = 1;
        for (long axis : shape) {
            size *= axis;
        }
        INDArray flat = Nd4j.rand(DataType.FLOAT, 1, AT + size + 5);
        return flat.get(NDArrayIndex.point(0), NDArrayIndex.interval(AT, AT + size))
                .reshape(order, shape);
    }

    static Stream<INDArray> arrays() {
        return Stream.of(
                view('f', 5, 7),
                view('c', 5, 7),
                view('f', 600, 701),
                view('f', 701, 600).transpose(),
                view('c', 300, 301, 3, 1),
                view('f', 300, 301, 3, 1),
                view('c', 600, 701).castTo(DataType.DOUBLE));
    }

    private static int[] indices(int position, long[] shape) {
        int[] indices = new int[shape.length];
        int left = position;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            indices[axis] = (int) (left % shape[axis]);
            left /= (int) shape[axis];
        }
        return indices;
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void valuesAreRowMajorWhateverOrderTheyLieIn(INDArray array) throws IOException {
        float[] expected = new float[(int) array.length()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = array.getFloat(indices(i, array.shape()));
        }
        assertArrayEquals(expected, NdArrays.data(array).floats());
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void aLargeArrayIsNeverCopiedWhole(INDArray array) throws IOException {
        TensorData data = NdArrays.data(array);
        int[] largest = new int[1];
        data.read(piece -> largest[0] = Math.max(largest[0], piece.remaining()));
        boolean isReadInPieces = array.rank() == 2 || array.ordering() == 'c';
        assertTrue(
                array.dataType() != DataType.FLOAT || !isReadInPieces || largest[0] <= 1 << 20,
                () -> largest[0] + " bytes at once");
    }
}
