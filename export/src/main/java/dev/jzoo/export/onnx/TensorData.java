package dev.jzoo.export.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a constant tensor, in row-major order, as ONNX's {@code raw_data} has them: little-endian, packed. Holds
 * the buffer that it is given without a copy; whoever gives it must not change it afterwards.
 */
public final class TensorData {

    private final DataType type;
    private final long[] dims;
    private final ByteBuffer bytes;

    private TensorData(DataType type, long[] dims, ByteBuffer bytes) {
        this.type = type;
        this.dims = dims.clone();
        this.bytes = bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long expected = Math.multiplyExact(elements(dims), (long) type.bytes());
        if (expected != this.bytes.remaining()) {
            throw new IllegalArgumentException("A " + type + " tensor of shape " + Arrays.toString(dims) + " has "
                    + expected + " bytes, not " + this.bytes.remaining() + ".");
        }
    }

    /** From packed little-endian bytes, which are not copied. */
    public static TensorData of(DataType type, ByteBuffer bytes, long... dims) {
        if (type == DataType.STRING) {
            throw new IllegalArgumentException("Tensors of strings have no packed form.");
        }
        return new TensorData(type, dims, bytes);
    }

    /** 32-bit floating point. */
    public static TensorData of(float[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return new TensorData(DataType.FLOAT, dims, bytes);
    }

    /** 64-bit integers. */
    public static TensorData of(long[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return new TensorData(DataType.INT64, dims, bytes);
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
            elements = Math.multiplyExact(elements, dim);
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

    public List<Dim> shape() {
        return Dim.shape(dims);
    }

    public long elements() {
        return elements(dims);
    }

    /** The packed little-endian values: a read-only view, with a position of its own. */
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
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
                        && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(dims) + bytes.hashCode();
    }

    @Override
    public String toString() {
        return type + Arrays.toString(dims);
    }
}
