package dev.jzoo.export.dl4j.saved;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A reader of arrays that {@code Nd4j.write} wrote, all of them vectors in a saved network. An array is two buffers,
 * all numbers big-endian:
 *
 * <pre>{@code
 * buffer = mode UTF, length (int32 where the mode is DIRECT, HEAP or JAVACPP, else int64), type UTF, values
 * array  = buffer of INT or LONG: rank, sizes, strides, extras, element stride, order
 *          buffer of the elements
 * }</pre>
 *
 * ND4J does not check lengths and sizes, and crashes the process if they contradict each other.
 */
final class SavedArray {

    private static final int MOST_AXES = 32;
    private static final int BEHIND_STRIDES = 3;
    private static final int PIECE = 1 << 16;

    private final DataInputStream in;

    SavedArray(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** The beginning of a buffer. */
    private record BufferHeader(long length, String type) {}

    /** Returns whether a shape has the given number of elements; never overflows. */
    static boolean hasElements(long[] shape, long count) {
        long product = 1;
        for (long size : shape) {
            if (size < 0 || size != 0 && product > Integer.MAX_VALUE * 4L / size) {
                return false;
            }
            product *= size;
        }
        return product == count;
    }

    /**
     * Reads a vector, as [1, length].
     *
     * @param least smallest allowed number of values
     * @param most largest allowed number of values
     */
    INDArray vector(long least, long most) throws IOException {
        try {
            long[] shape = shape();
            BufferHeader values = header();
            long length = values.length;
            if (!hasElements(shape, length) || LongStream.of(shape).max().orElse(1) != length) {
                throw new NetworkFormatException(
                        "expected a vector, found " + length + " values of shape " + Arrays.toString(shape));
            }
            if (length < least || length > most) {
                throw new NetworkFormatException(
                        "expected " + (least == most ? "" : "at most ") + most + " values, found " + length);
            }
            return values(type(values.type), length);
        } catch (EOFException e) {
            throw new NetworkFormatException("expected a whole array, found a truncated one");
        } catch (UTFDataFormatException e) {
            throw new NetworkFormatException("expected an array of ND4J, found something else");
        }
    }

    /** Fails if any bytes follow the last array. */
    void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw new NetworkFormatException("expected the end after the last value, found more bytes");
        }
    }

    DataInputStream stream() {
        return in;
    }

    private BufferHeader header() throws IOException {
        long length =
                switch (text()) {
                    case "DIRECT", "HEAP", "JAVACPP" -> in.readInt();
                    case "LONG_SHAPE", "MIXED_DATA_TYPES" -> in.readLong();
                    default -> throw new NetworkFormatException("expected an array of ND4J, found something else");
                };
        return new BufferHeader(length, text());
    }

    /** Reads a word of the format; words are short. */
    String text() throws IOException {
        int length = in.readUnsignedShort();
        if (length > PIECE >> 8) {
            throw new NetworkFormatException("expected an array of ND4J, found something else");
        }
        byte[] letters = new byte[length];
        in.readFully(letters);
        return new String(letters, StandardCharsets.US_ASCII);
    }

    private long[] shape() throws IOException {
        BufferHeader header = header();
        boolean isLong = header.type.equals("LONG");
        long rank = isLong ? in.readLong() : in.readInt();
        if (!isLong && !header.type.equals("INT")
                || rank < 0
                || rank > MOST_AXES
                || header.length != 1 + 2 * rank + BEHIND_STRIDES) {
            throw new NetworkFormatException("expected the shape of an array with at most " + MOST_AXES
                    + " axes, found " + header.length + " values of type " + header.type + " for " + rank + " axes");
        }
        long[] rest = new long[(int) (2 * rank + BEHIND_STRIDES)];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = isLong ? in.readLong() : in.readInt();
        }
        for (int axis = 0; axis < rank; axis++) {
            if (rest[axis] > 1 && rest[(int) rank + axis] != 1) {
                throw new NetworkFormatException("expected a vector whose values follow each other, found the stride "
                        + rest[(int) rank + axis]);
            }
        }
        return Arrays.copyOf(rest, (int) rank);
    }

    private static DataType type(String name) throws NetworkFormatException {
        return switch (name) {
            case "FLOAT" -> DataType.FLOAT;
            case "DOUBLE" -> DataType.DOUBLE;
            case "HALF" -> DataType.FLOAT16;
            case "BFLOAT16" -> DataType.BFLOAT16;
            default -> throw new NetworkFormatException("expected floating-point values, found the type " + name);
        };
    }

    private INDArray values(DataType type, long length) throws IOException {
        INDArray all = allocated(type, length);
        int width = type.width();
        for (long from = 0; from < length; from += PIECE) {
            int count = (int) Math.min(PIECE, length - from);
            byte[] bytes = in.readNBytes(count * width);
            if (bytes.length < count * width) {
                throw new EOFException();
            }
            all.get(NDArrayIndex.point(0), NDArrayIndex.interval(from, from + count))
                    .assign(piece(ByteBuffer.wrap(bytes), type, count));
        }
        return all;
    }

    private static INDArray allocated(DataType type, long length) throws NetworkFormatException {
        try {
            return Nd4j.create(type, 1, length);
        } catch (OutOfMemoryError e) {
            throw new NetworkFormatException(
                    length + " values of type " + type + " do not fit into memory; increase Java's heap with -Xmx");
        }
    }

    private static INDArray piece(ByteBuffer bytes, DataType type, int count) {
        if (type == DataType.DOUBLE) {
            double[] values = new double[count];
            bytes.asDoubleBuffer().get(values);
            return Nd4j.createFromArray(values);
        }
        float[] values = new float[count];
        if (type == DataType.FLOAT) {
            bytes.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < count; i++) {
                int bits = bytes.getShort() & 0xffff;
                values[i] = type == DataType.FLOAT16 ? HalfIndexer.toFloat(bits) : Bfloat16Indexer.toFloat(bits);
            }
        }
        return Nd4j.createFromArray(values).castTo(type);
    }
}
