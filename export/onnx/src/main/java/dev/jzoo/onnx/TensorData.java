package dev.jzoo.onnx;

import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a constant tensor, in row-major order, as ONNX's {@code raw_data} has them: little-endian, packed. Holds
 * the buffer that it is given without a copy, or reads a network's own memory when it is asked; whoever gives either must not
 * change it afterwards.
 */
public final class TensorData {

    /** Values in memory that belongs to somebody else: read when they are needed, and held by nobody. */
    @FunctionalInterface
    public interface ValueReader {
        /** Hands out all values in their order, packed and little-endian, in pieces of whole elements. */
        void read(PieceConsumer sink) throws IOException;
    }

    /** Takes the pieces of a tensor, each up to its end. A piece is valid during the call. */
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

    /** A buffer of the tensor's own. */
    private record OwnedBuffer(ByteBuffer bytes) implements ValueReader {
        @Override
        public void read(PieceConsumer sink) throws IOException {
            sink.accept(bytes.duplicate());
        }
    }

    /** From packed little-endian bytes, which are not copied. */
    public static TensorData of(DataType type, ByteBuffer bytes, long... dims) {
        // Its own positions, from 0 on: a constant of a file is a window of the file's bytes.
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

    /** From memory that is read each time that the values are needed, and that must stay until then: {@link #detached()}. */
    public static TensorData of(DataType type, ValueReader source, long... dims) {
        return new TensorData(type, dims, source);
    }

    /** A tensor of which type and shape are known and the values are out of reach: reading them fails. */
    static TensorData unread(DataType type, long... dims) {
        elements(dims);
        return new TensorData(type, dims, sink -> {
            throw new IOException("The values of a tensor of " + type + Arrays.toString(dims) + " were not read.");
        });
    }

    /** 32-bit floating point. */
    public static TensorData of(float[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return of(DataType.FLOAT, bytes, dims);
    }

    /** 64-bit integers. */
    public static TensorData of(long[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return of(DataType.INT64, bytes, dims);
    }

    /** A list of 64-bit integers, [n]: what shapes, axes and repeats are given as. */
    public static TensorData vector(long... values) {
        return of(values, values.length);
    }

    /** One 32-bit floating-point number, of shape []. */
    public static TensorData scalar(float value) {
        return of(new float[] {value});
    }

    /** One 64-bit integer, of shape []. */
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
                throw new IllegalArgumentException("An axis has 0 elements or more, not " + dim + ".");
            }
            if (dim > 0 && elements > Long.MAX_VALUE / dim) {
                throw new IllegalArgumentException(
                        "A tensor of shape " + Arrays.toString(dims) + " has more elements than can be counted.");
            }
            elements *= dim;
        }
        return elements;
    }

    public DataType type() {
        return type;
    }

    /** Size of each axis; empty for a scalar. A copy. */
    public long[] dims() {
        return dims.clone();
    }

    public List<Dimension> shape() {
        return Dimension.shape(dims);
    }

    public long elements() {
        return elements(dims);
    }

    /** Size of the packed values. */
    public long byteSize() {
        return byteSize(type, dims);
    }

    /** Elements of fewer than 8 bits share bytes; the last byte is filled up. */
    static long byteSize(DataType type, long[] dims) {
        long elements = elements(dims);
        return type.bits() % Byte.SIZE == 0
                ? Math.multiplyExact(elements, (long) type.bytes())
                : Math.addExact(Math.multiplyExact(elements, (long) type.bits()), Byte.SIZE - 1L) / Byte.SIZE;
    }

    /** Hands out the packed little-endian values in their order, in pieces of whole elements, without a copy of them all. */
    public void read(PieceConsumer sink) throws IOException {
        source.read(piece -> sink.accept(piece.order(ByteOrder.LITTLE_ENDIAN)));
    }

    /**
     * The packed little-endian values, with a position of its own: a read-only view of what the tensor holds, or a copy of
     * what lies in somebody else's memory.
     */
    public ByteBuffer bytes() {
        return (source instanceof OwnedBuffer held ? held.bytes().duplicate() : gathered())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer gathered() {
        if (byteSize() > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    this + " has " + byteSize() + " bytes, more than one buffer of Java can hold.");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) byteSize());
        try {
            source.read(bytes::put);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.flip();
    }

    /** The same values under another shape of as many elements. */
    public TensorData reshaped(long... other) {
        if (elements(other) != elements()) {
            throw new IllegalArgumentException(
                    "A tensor of shape " + Arrays.toString(dims) + " has no shape " + Arrays.toString(other) + ".");
        }
        return new TensorData(type, other, source);
    }

    /** The same values in memory of their own. */
    public TensorData detached() {
        return source instanceof OwnedBuffer ? this : of(type, gathered(), dims);
    }

    /** The values as 32-bit floating point. A copy. Fails with IllegalStateException for another type. */
    public float[] floats() {
        require(DataType.FLOAT);
        float[] values = new float[Math.toIntExact(elements())];
        bytes().asFloatBuffer().get(values);
        return values;
    }

    /** The values as 64-bit integers. A copy. Fails with IllegalStateException for another type. */
    public long[] longs() {
        require(DataType.INT64);
        long[] values = new long[Math.toIntExact(elements())];
        bytes().asLongBuffer().get(values);
        return values;
    }

    private void require(DataType expected) {
        if (type != expected) {
            throw new IllegalStateException("A tensor of " + type + " was read as " + expected + ".");
        }
    }

    /** Whether type, shape and every bit of the values are equal. */
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
