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
 * A tensor of ONNX Runtime over memory outside of the heap that Java writes and reads in place: a heap buffer costs ONNX
 * Runtime an allocation and a copy, and a tensor of its own two more calls into native code. Of numbers and booleans;
 * one thread at a time uses it, and closes it.
 */
final class NativeTensor implements AutoCloseable {

    /** The first four bytes of memory that nothing was written to. As a float it is a NaN that no arithmetic gives. */
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

    /** A tensor over fresh memory. Fails with IllegalArgumentException where that would be more than 2 GiB. */
    static NativeTensor of(ElementType type, long[] shape) throws OrtException {
        long bytes = bytes(type, shape);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("An input of " + bytes
                    + " bytes is larger than the 2 GiB that a call can take; use smaller batches.");
        }
        // never of size 0: an empty tensor still needs an address
        return new NativeTensor(type, shape, ByteBuffer.allocateDirect(Math.max(64, (int) bytes)));
    }

    /** The size of a tensor in bytes; of a type that {@link #holds} accepts. */
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

    /** Whether there can be a tensor of that type. */
    static boolean holds(ElementType type) {
        return type != ElementType.STRING && type.canBeGiven();
    }

    /** A tensor of another shape in place of this one, which is closed: over the same memory if that is large enough. */
    NativeTensor reshaped(long[] other) throws OrtException {
        close();
        return bytes(type, other) <= memory.capacity() ? new NativeTensor(type, other, memory) : of(type, other);
    }

    /** Whether it has that shape. */
    boolean is(long[] other) {
        return Arrays.equals(shape, other);
    }

    /** The size of its memory in bytes. */
    int capacity() {
        return memory.capacity();
    }

    /** As ONNX Runtime takes it. */
    OnnxTensor tensor() {
        return tensor;
    }

    /** Copies the elements of a tensor of the same shape in, 16-bit floats from float. */
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
                                "Element " + i + " is " + values[i] + "; an input int16 takes -32768 to 32767.");
                    }
                    used.putShort(i * Short.BYTES, (short) values[i]);
                }
            }
            default -> throw new IllegalStateException(type + " has no memory to write to.");
        }
    }

    /** Copies the elements of a FLOAT, DOUBLE, INT32 or INT64 out. */
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

    /** Makes it known afterwards whether somebody wrote here; of four bytes or more. */
    void markUntouched() {
        used.putInt(0, UNTOUCHED);
    }

    /** Whether nobody wrote since {@link #markUntouched}. */
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
