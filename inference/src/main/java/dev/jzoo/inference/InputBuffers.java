package dev.jzoo.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory outside of the heap for the inputs of one call at a time, kept from call to call: ONNX Runtime reads direct
 * buffers in place, while a heap buffer costs it an allocation and a copy (23 times as much at 400 KB).
 */
final class InputBuffers {

    /** A larger input gets memory of its own, so that one large call does not hold it for ever. */
    private static final int KEPT_BYTES = 64 << 20;

    private final List<Port> ports;
    private final ByteBuffer[] buffers;

    InputBuffers(List<Port> ports) {
        this.ports = ports;
        this.buffers = new ByteBuffer[ports.size()];
    }

    /** The inputs as ONNX Runtime takes them; to be closed before the next call of this method. */
    NativeInputs fill(Map<String, Tensor> inputs) throws OrtException {
        NativeInputs filled = new NativeInputs(new LinkedHashMap<>());
        try {
            for (int i = 0; i < buffers.length; i++) {
                Port port = ports.get(i);
                filled.tensors().put(port.name(), tensor(i, port.type(), inputs.get(port.name())));
            }
        } catch (OrtException | RuntimeException e) {
            filled.close();
            throw e;
        }
        return filled;
    }

    private OnnxTensor tensor(int slot, ElementType declared, Tensor tensor) throws OrtException {
        long[] shape = tensor.sizes();
        int n = tensor.size();
        return switch (declared) {
            case FLOAT ->
                OnnxTensor.createTensor(
                        OrtRuntime.environment(),
                        buffer(slot, n, Float.BYTES)
                                .asFloatBuffer()
                                .put((float[]) tensor.elements())
                                .flip(),
                        shape);
            case DOUBLE ->
                OnnxTensor.createTensor(
                        OrtRuntime.environment(),
                        buffer(slot, n, Double.BYTES)
                                .asDoubleBuffer()
                                .put((double[]) tensor.elements())
                                .flip(),
                        shape);
            case INT32 ->
                OnnxTensor.createTensor(
                        OrtRuntime.environment(),
                        buffer(slot, n, Integer.BYTES)
                                .asIntBuffer()
                                .put((int[]) tensor.elements())
                                .flip(),
                        shape);
            case INT64 ->
                OnnxTensor.createTensor(
                        OrtRuntime.environment(),
                        buffer(slot, n, Long.BYTES)
                                .asLongBuffer()
                                .put((long[]) tensor.elements())
                                .flip(),
                        shape);
            case UINT8 -> bytes(slot, (byte[]) tensor.elements(), shape, OnnxJavaType.UINT8);
            case INT8 -> bytes(slot, (byte[]) tensor.elements(), shape, OnnxJavaType.INT8);
            case BOOL -> {
                byte[] bits = new byte[n];
                boolean[] values = (boolean[]) tensor.elements();
                for (int i = 0; i < n; i++) {
                    bits[i] = (byte) (values[i] ? 1 : 0);
                }
                yield bytes(slot, bits, shape, OnnxJavaType.BOOL);
            }
            case FLOAT16 ->
                shorts(
                        slot,
                        Fp16Conversions.convertFloatBufferToFp16Buffer(FloatBuffer.wrap((float[]) tensor.elements())),
                        shape,
                        OnnxJavaType.FLOAT16);
            case BFLOAT16 ->
                shorts(
                        slot,
                        Fp16Conversions.convertFloatBufferToBf16Buffer(FloatBuffer.wrap((float[]) tensor.elements())),
                        shape,
                        OnnxJavaType.BFLOAT16);
            case STRING -> OnnxTensor.createTensor(OrtRuntime.environment(), (String[]) tensor.elements(), shape);
            case OTHER -> throw new IllegalStateException("An input of another type passed the check.");
        };
    }

    private OnnxTensor bytes(int slot, byte[] values, long[] shape, OnnxJavaType type) throws OrtException {
        ByteBuffer buffer = buffer(slot, values.length, Byte.BYTES).put(values).flip();
        return OnnxTensor.createTensor(OrtRuntime.environment(), buffer, shape, type);
    }

    private OnnxTensor shorts(int slot, ShortBuffer values, long[] shape, OnnxJavaType type) throws OrtException {
        ShortBuffer buffer = buffer(slot, values.remaining(), Short.BYTES)
                .asShortBuffer()
                .put(values)
                .flip();
        return OnnxTensor.createTensor(OrtRuntime.environment(), buffer, shape, type);
    }

    private ByteBuffer buffer(int slot, int elements, int width) {
        long bytes = (long) elements * width;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("An input of " + bytes
                    + " bytes is larger than the 2 GiB that a call can take; use smaller batches.");
        }
        ByteBuffer kept = buffers[slot];
        if (kept == null || kept.capacity() < bytes) {
            // never of size 0: an empty tensor still needs an address
            kept = ByteBuffer.allocateDirect(Math.max(64, (int) bytes)).order(ByteOrder.nativeOrder());
            if (bytes <= KEPT_BYTES) {
                buffers[slot] = kept;
            }
        }
        return kept.clear();
    }

    /** The inputs of one call. */
    record NativeInputs(Map<String, OnnxTensor> tensors) implements AutoCloseable {
        @Override
        public void close() {
            tensors.values().forEach(OnnxTensor::close);
        }
    }
}
