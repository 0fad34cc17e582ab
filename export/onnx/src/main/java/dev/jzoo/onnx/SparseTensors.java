package dev.jzoo.onnx;

import dev.jzoo.onnx.proto.SparseTensorProto;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A conversion of sparse constants to dense ones: their values at their indices, zero elsewhere. */
final class SparseTensors {

    /** Size of a piece in bytes. */
    private static final int PIECE = 1 << 16;

    private SparseTensors() {}

    /**
     * Returns a constant whose values are assembled when they are read.
     *
     * @param values [count]
     * @param indices int64, [count] positions in row-major order, or [count, rank] coordinates, ascending
     */
    static TensorData dense(SparseTensorProto proto, TensorData values, TensorData indices) {
        long[] dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
        DataType type = values.type();
        if (type.bytes() == 0) {
            throw new IllegalArgumentException("a sparse tensor of " + type + " is not supported");
        }
        if (indices.type() != DataType.INT64) {
            throw new IllegalArgumentException("expected indices int64, found " + indices.type());
        }
        long[] places = places(dims, Math.toIntExact(values.elements()), indices);
        return TensorData.of(type, sink -> read(values, places, TensorData.elements(dims), sink), dims);
    }

    private static long[] places(long[] dims, int count, TensorData indices) {
        long[] given = indices.longs();
        boolean flat = indices.dims().length == 1;
        if (given.length != (flat ? count : Math.multiplyExact(count, dims.length)) || indices.dims().length > 2) {
            throw new IllegalArgumentException(
                    "expected an index for each of " + count + " values, found " + Arrays.toString(indices.dims()));
        }
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            places[i] = flat ? given[i] : place(dims, given, i * dims.length);
            if (places[i] < 0 || places[i] >= TensorData.elements(dims) || i > 0 && places[i] <= places[i - 1]) {
                throw new IllegalArgumentException(
                        "index " + i + " is not ascending, or outside of the shape " + Arrays.toString(dims));
            }
        }
        return places;
    }

    private static long place(long[] dims, long[] coordinates, int from) {
        long place = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            long at = coordinates[from + axis];
            if (at < 0 || at >= dims[axis]) {
                return -1;
            }
            place = place * dims[axis] + at;
        }
        return place;
    }

    private static void read(TensorData values, long[] places, long elements, TensorData.PieceConsumer sink)
            throws java.io.IOException {
        int width = values.type().bytes();
        ByteBuffer source = values.bytes();
        int next = 0;
        int most = PIECE / width;
        for (long from = 0; from < elements; from += most) {
            int count = (int) Math.min(most, elements - from);
            ByteBuffer piece = ByteBuffer.allocate(count * width);
            for (; next < places.length && places[next] < from + count; next++) {
                piece.put((int) (places[next] - from) * width, source, next * width, width);
            }
            sink.accept(piece);
        }
    }
}
