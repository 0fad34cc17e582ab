package dev.jzoo.onnx;

import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a constant tensor in row-major order, in the layout of ONNX's {@code raw_data}: little-endian, packed. It
 * uses the given buffer without a copy, or reads a network's own memory when needed, so the owner of either must not change
 * it afterwards.
 */
public final class TensorData {

    /** A reader of values in somebody else's memory. They are read when needed and not stored. */
    @FunctionalInterface
    public interface ValueReader {
        /** Reads all values in their order, packed and little-endian, in pieces of whole elements. */
        void read(PieceConsumer sink) throws IOException;
    }

    /** A consumer of the pieces of a tensor. It must read each piece completely; a piece is valid during the call. */
    @FunctionalInterface
    public interface PieceConsumer {
        void accept(ByteBuffer piece) throws IOException;
    }

    private final DataType type;
    private final long[] dims;
    private final ValueReader source;

    private TensorData(DataType type, long[] dims, ValueReader source) {
        this.type = type;
        this.dims = dims.clone();
        this.source = source;
    }

    /** The tensor's own buffer. */
    private record OwnedBuffer(ByteBuffer bytes) implements ValueReader {
        @Override
        public void read(PieceConsumer sink) throws IOException {
            sink.accept(bytes.duplicate());
        }
    }

    /** Returns a tensor of packed little-endian bytes, which are not copied. */
    public static TensorData of(DataType type, ByteBuffer bytes, long... dims) {
        // A slice with its own positions, from 0 on: a constant of a file is a window of the file's bytes.
        if (type.bits() == 0) {
            throw new IllegalArgumentException("Tensors of " + type + " have no packed form.");
        }
        ByteBuffer values = bytes.slice().asReadOnlyBuffer();
        TensorData tensor = new TensorData(type, dims, new OwnedBuffer(values));
        if (tensor.byteSize() != values.remaining()) {
            throw new IllegalArgumentException("A " + type + " tensor of shape " + Arrays.toString(dims) + " has "
                    + tensor.byteSize() + " bytes, not " + values.remaining() + ".");
        }
        return tensor;
    }

    /**
     * Returns a tensor whose values are read from a source each time they are needed. The source must stay valid, see
     * {@link #detached()}.
     */
    public static TensorData of(DataType type, ValueReader source, long... dims) {
        return new TensorData(type, dims, source);
    }

    /** Returns a tensor whose values are not available: only type and shape are known, and reading the values fails. */
    static TensorData unread(DataType type, long... dims) {
        elements(dims);
        return new TensorData(type, dims, sink -> {
            throw new IOException("The values of a tensor of " + type + Arrays.toString(dims) + " were not read.");
        });
    }

    /** Returns a tensor of 32-bit floating point. */
    public static TensorData of(float[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return of(DataType.FLOAT, bytes, dims);
    }

    /** Returns a tensor of 64-bit integers. */
    public static TensorData of(long[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return of(DataType.INT64, bytes, dims);
    }

    /** Returns a list of 64-bit integers, [n], for shapes, axes and repeats. */
    public static TensorData vector(long... values) {
        return of(values, values.length);
    }

    /** Returns one 32-bit floating-point number, of shape []. */
    public static TensorData scalar(float value) {
        return of(new float[] {value});
    }

    /** Returns one 64-bit integer, of shape []. */
    public static TensorData scalar(long value) {
        return of(new long[] {value});
    }

    private static ByteBuffer allocate(int count, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
    }

    static long elements(long[] dims) {
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("The size of an axis is at least 0, not " + dim + ".");
            }
            if (dim > 0 && elements > Long.MAX_VALUE / dim) {
                throw new IllegalArgumentException(
                        "A tensor of shape " + Arrays.toString(dims) + " has more than 2^63 - 1 elements.");
            }
            elements *= dim;
        }
        return elements;
    }

    public DataType type() {
        return type;
    }

    /** Returns a copy of the sizes of the axes; empty for a scalar. */
    public long[] dims() {
        return dims.clone();
    }

    public List<Dimension> shape() {
        return Dimension.shape(dims);
    }

    public long elements() {
        return elements(dims);
    }

    /** Returns the size of the packed values in bytes. */
    public long byteSize() {
        return byteSize(type, dims);
    }

    /** Returns the size in bytes. Elements of fewer than 8 bits share bytes, and the last byte is padded. */
    static long byteSize(DataType type, long[] dims) {
        long elements = elements(dims);
        return type.bits() % Byte.SIZE == 0
                ? Math.multiplyExact(elements, (long) type.bytes())
                : Math.addExact(Math.multiplyExact(elements, (long) type.bits()), Byte.SIZE - 1L) / Byte.SIZE;
    }

    /** Reads the packed little-endian values in their order, in pieces of whole elements, without copying all of them. */
    public void read(PieceConsumer sink) throws IOException {
        source.read(piece -> sink.accept(piece.order(ByteOrder.LITTLE_ENDIAN)));
    }

    /**
     * Returns the packed little-endian values with their own position: a read-only view of the tensor's buffer, or a copy
     * of values in somebody else's memory.
     */
    public ByteBuffer bytes() {
        return (source instanceof OwnedBuffer held ? held.bytes().duplicate() : gathered())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer gathered() {
        if (byteSize() > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(this + " has " + byteSize() + " bytes, more than a Java buffer can hold.");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) byteSize());
        try {
            source.read(bytes::put);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.flip();
    }

    /** Returns the same values with another shape of the same number of elements. */
    public TensorData reshaped(long... other) {
        if (elements(other) != elements()) {
            throw new IllegalArgumentException("A tensor of shape " + Arrays.toString(dims) + " cannot be reshaped to "
                    + Arrays.toString(other) + ".");
        }
        return new TensorData(type, other, source);
    }

    /** Returns the same values in their own memory. */
    public TensorData detached() {
        return source instanceof OwnedBuffer ? this : of(type, gathered(), dims);
    }

    /** Returns a copy of the values as 32-bit floating point. Fails with IllegalStateException for another type. */
    public float[] floats() {
        require(DataType.FLOAT);
        float[] values = new float[Math.toIntExact(elements())];
        bytes().asFloatBuffer().get(values);
        return values;
    }

    /** Returns a copy of the values as 64-bit integers. Fails with IllegalStateException for another type. */
    public long[] longs() {
        require(DataType.INT64);
        long[] values = new long[Math.toIntExact(elements())];
        bytes().asLongBuffer().get(values);
        return values;
    }

    private void require(DataType expected) {
        if (type != expected) {
            throw new IllegalStateException("Expected a tensor of " + expected + ", found " + type + ".");
        }
    }

    /** Returns whether type, shape and every bit of the values are equal. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof TensorData that
                        && type == that.type
                        && Arrays.equals(dims, that.dims)
                        && bytes().equals(that.bytes());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(dims) + bytes().hashCode();
    }

    @Override
    public String toString() {
        return type + Arrays.toString(dims);
    }
}
