package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Conversions between ONNX's tensors, arrays of the engine, and plain values. */
public final class HostTensors {

    private HostTensors() {}

    /** Returns the engine's type for an ONNX type; empty if it has none. */
    public static Optional<ai.djl.ndarray.types.DataType> type(DataType type) {
        return Optional.ofNullable(
                switch (type) {
                    case FLOAT -> ai.djl.ndarray.types.DataType.FLOAT32;
                    case DOUBLE -> ai.djl.ndarray.types.DataType.FLOAT64;
                    case FLOAT16 -> ai.djl.ndarray.types.DataType.FLOAT16;
                    case UINT8 -> ai.djl.ndarray.types.DataType.UINT8;
                    case INT8 -> ai.djl.ndarray.types.DataType.INT8;
                    case INT32 -> ai.djl.ndarray.types.DataType.INT32;
                    case INT64 -> ai.djl.ndarray.types.DataType.INT64;
                    case BOOL -> ai.djl.ndarray.types.DataType.BOOLEAN;
                    default -> null;
                });
    }

    /** Returns a copy of the sizes of an array: the array lends its own, which no caller may change. */
    public static long[] dims(NDArray array) {
        return array.getShape().getShape().clone();
    }

    /** Returns a copy of a constant, owned by the manager. */
    public static NDArray array(TensorData tensor, NDManager manager) {
        ai.djl.ndarray.types.DataType type = type(tensor.type())
                .orElseThrow(() -> new UnsupportedOperationException("the engine has no tensors of " + tensor.type()));
        try {
            ByteBuffer values = manager.allocateDirect(Math.toIntExact(tensor.byteSize()));
            tensor.read(values::put);
            return manager.create(values.rewind(), new Shape(tensor.dims()), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw new UnsupportedOperationException("there is not enough memory for " + tensor, e);
        }
    }

    /**
     * Largest number of elements of an array of the engine. Sizes in a file may be arbitrary, and so may the results of
     * operators.
     */
    private static final long MOST_ELEMENTS = 1L << 30;

    /** Largest number of elements of an array in Java. */
    private static final long MOST_IN_JAVA = 1L << 26;

    /**
     * Checks the size of an array of the engine. Fails if it has more elements than any network needs, before memory is
     * allocated.
     */
    static long[] checked(long... dims) {
        return checked(MOST_ELEMENTS, dims);
    }

    /**
     * Checks the size of an array in Java and returns the number of elements. Fails if it has more than any network
     * needs.
     */
    static int checkedCount(long... dims) {
        return (int) product(checked(MOST_IN_JAVA, dims), 0, dims.length);
    }

    private static long[] checked(long most, long[] dims) {
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0 || dim > 0 && elements > most / dim) {
                throw new IllegalArgumentException("an array of " + Arrays.toString(dims) + " is too large");
            }
            elements *= dim;
        }
        return dims;
    }

    /** Returns the current values of an array. */
    public static TensorData tensor(NDArray array, DataType type) {
        ByteBuffer values = array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return TensorData.of(type, values, dims(array));
    }

    /** Returns integers or truth values of a constant, flattened. */
    static long[] longs(TensorData tensor) {
        ByteBuffer bytes = tensor.bytes();
        long[] values = new long[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.type()) {
                case INT64 -> bytes.getLong();
                case INT32 -> bytes.getInt();
                case INT8 -> bytes.get();
                case UINT8, BOOL -> bytes.get() & 0xff;
                default -> throw new UnsupportedOperationException("expected integers, not " + tensor.type());
            };
        }
        return values;
    }

    /** Returns integers of an array, flattened. */
    static long[] longs(NDArray array) {
        return array.toType(ai.djl.ndarray.types.DataType.INT64, false).toLongArray();
    }

    /** Returns numbers of a constant, flattened. */
    public static double[] reals(TensorData tensor) {
        ByteBuffer bytes = tensor.bytes();
        if (!tensor.type().isFloating()) {
            long[] integers = longs(tensor);
            double[] values = new double[integers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = integers[i];
            }
            return values;
        }
        double[] values = new double[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.type()) {
                case FLOAT -> bytes.getFloat();
                case DOUBLE -> bytes.getDouble();
                case FLOAT16 -> Half.toFloat(bytes.getShort());
                default -> throw new UnsupportedOperationException("the engine has no tensors of " + tensor.type());
            };
        }
        return values;
    }

    /** Returns numbers of an array, flattened. */
    public static double[] reals(NDArray array) {
        return array.toType(ai.djl.ndarray.types.DataType.FLOAT64, false).toDoubleArray();
    }

    /** Converts an axis that may be negative to its index. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= Math.max(rank, 1)) {
            throw new IllegalArgumentException("A tensor of " + rank + " axes has no axis " + axis + ".");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Returns the number of elements in some axes. */
    static long product(long[] dims, int from, int to) {
        long product = 1;
        for (int i = from; i < to; i++) {
            product *= dims[i];
        }
        return product;
    }
}
