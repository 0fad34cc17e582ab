package dev.jzoo.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor of ONNX Runtime in off-heap memory that Java reads and writes in place. A heap buffer would cost ONNX Runtime an
 * allocation and a copy, and a tensor allocated by ONNX Runtime would cost two more native calls. Holds numbers or
 * booleans. One thread at a time uses it; the owner closes it.
 */
final class NativeTensor implements AutoCloseable {

    /** The first four bytes of memory that has not been written. As a float it is a NaN that no arithmetic produces. */
    private static final int UNTOUCHED = 0x7FC0DEAD;

    private final ElementType type;
    private final long[] shape;
    private final ByteBuffer memory;
    private final ByteBuffer used;
    private final OnnxTensor tensor;

    private NativeTensor(ElementType type, long[] shape, ByteBuffer memory) throws OrtException {
        this.type = type;
        this.shape = shape;
        this.memory = memory;
        this.used = memory.slice(0, (int) bytes(type, shape)).order(ByteOrder.nativeOrder());
        this.tensor = OnnxTensor.createTensor(OrtRuntime.environment(), used, shape, javaType(type));
    }

    /** Returns a tensor with new memory. Fails with IllegalArgumentException if that exceeds 2 GiB. */
    static NativeTensor of(ElementType type, long[] shape) throws OrtException {
        long bytes = bytes(type, shape);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "An input has at most 2 GiB, not " + bytes + " bytes; use smaller batches.");
        }
        // never of size 0: an empty tensor still needs an address
        return new NativeTensor(type, shape, ByteBuffer.allocateDirect(Math.max(64, (int) bytes)));
    }

    /** Returns the size in bytes of a tensor whose type {@link #holds} accepts. */
    static long bytes(ElementType type, long[] shape) {
        long bytes =
                switch (type) {
                    case DOUBLE, INT64 -> Long.BYTES;
                    case FLOAT, INT32 -> Integer.BYTES;
                    case FLOAT16, BFLOAT16, INT16 -> Short.BYTES;
                    default -> Byte.BYTES;
                };
        for (long size : shape) {
            bytes *= size;
        }
        return bytes;
    }

    /** Returns whether a native tensor can have this type. */
    static boolean holds(ElementType type) {
        return type != ElementType.STRING && type.canBeGiven();
    }

    /** Closes this tensor and returns one of another shape, in the same memory if it is large enough. */
    NativeTensor reshaped(long[] other) throws OrtException {
        close();
        return bytes(type, other) <= memory.capacity() ? new NativeTensor(type, other, memory) : of(type, other);
    }

    /** Returns whether it has this shape. */
    boolean is(long[] other) {
        return Arrays.equals(shape, other);
    }

    /** Returns the size of its memory in bytes. */
    int capacity() {
        return memory.capacity();
    }

    /** Returns ONNX Runtime's view of this tensor. */
    OnnxTensor tensor() {
        return tensor;
    }

    /** Writes the elements of a tensor of the same shape. 16-bit floats are converted from float. */
    void write(Tensor from) {
        switch (type) {
            case FLOAT -> used.asFloatBuffer().put((float[]) from.elements());
            case DOUBLE -> used.asDoubleBuffer().put((double[]) from.elements());
            case INT32 -> used.asIntBuffer().put((int[]) from.elements());
            case INT64 -> used.asLongBuffer().put((long[]) from.elements());
            case UINT8, INT8 -> used.put(0, (byte[]) from.elements());
            case BOOL -> {
                boolean[] values = (boolean[]) from.elements();
                for (int i = 0; i < values.length; i++) {
                    used.put(i, (byte) (values[i] ? 1 : 0));
                }
            }
            case FLOAT16 ->
                used.asShortBuffer().put(Fp16Conversions.convertFloatBufferToFp16Buffer(FloatBuffer.wrap((float[])
                        from.elements())));
            case BFLOAT16 ->
                used.asShortBuffer().put(Fp16Conversions.convertFloatBufferToBf16Buffer(FloatBuffer.wrap((float[])
                        from.elements())));
            case INT16 -> {
                int[] values = (int[]) from.elements();
                for (int i = 0; i < values.length; i++) {
                    if (values[i] != (short) values[i]) {
                        throw new IllegalArgumentException(
                                "Element " + i + " is " + values[i] + "; expected -32768 to 32767 for an int16 input.");
                    }
                    used.putShort(i * Short.BYTES, (short) values[i]);
                }
            }
            default -> throw new IllegalStateException(type + " has no memory to write to.");
        }
    }

    /** Returns a copy of the elements of a FLOAT, DOUBLE, INT32 or INT64. */
    Tensor read() {
        Object elements =
                switch (type) {
                    case FLOAT -> {
                        float[] values = new float[used.capacity() / Float.BYTES];
                        used.asFloatBuffer().get(values);
                        yield values;
                    }
                    case DOUBLE -> {
                        double[] values = new double[used.capacity() / Double.BYTES];
                        used.asDoubleBuffer().get(values);
                        yield values;
                    }
                    case INT32 -> {
                        int[] values = new int[used.capacity() / Integer.BYTES];
                        used.asIntBuffer().get(values);
                        yield values;
                    }
                    case INT64 -> {
                        long[] values = new long[used.capacity() / Long.BYTES];
                        used.asLongBuffer().get(values);
                        yield values;
                    }
                    default -> throw new IllegalStateException(type + " is not read in place.");
                };
        return Tensor.adopt(type, elements, shape);
    }

    /** Marks the memory, of four bytes or more, so that {@link #isUntouched} can detect a later write. */
    void markUntouched() {
        used.putInt(0, UNTOUCHED);
    }

    /** Returns whether the memory has not been written since {@link #markUntouched}. */
    boolean isUntouched() {
        return used.getInt(0) == UNTOUCHED;
    }

    private static OnnxJavaType javaType(ElementType type) {
        return OnnxJavaType.valueOf(type.name());
    }

    @Override
    public void close() {
        tensor.close();
    }
}
