package dev.jzoo.datasets.catalogue;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An IDX file of unsigned bytes, the format of MNIST.
 *
 * <pre>
 * byte 0, 1   0
 * byte 2      type of the values; 0x08 is unsigned byte
 * byte 3      d, the number of dimensions
 * byte 4      d sizes, 32 bits each, big-endian
 * byte 4+4d   the values, row-major, to the end of the file
 * </pre>
 *
 * <p>The values are the file's, unscaled. Source: "The MNIST database of handwritten digits", Y. LeCun, C. Cortes,
 * C. Burges, section "The IDX file format".
 */
public final class IdxFile {

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int GZIP = 0x1f8b;

    private final Path file;
    private final List<Integer> shape;
    private final byte[] values;

    private IdxFile(Path file, List<Integer> shape, byte[] values) {
        this.file = file;
        this.shape = shape;
        this.values = values;
    }

    /**
     * Reads a decompressed file, which must end where its sizes say.
     *
     * @throws DataFormatException naming the file and the byte
     * @throws java.nio.file.NoSuchFileException if the file does not exist
     */
    public static IdxFile read(Path file) throws IOException {
        long length = Files.size(file);
        try (InputStream stream = Files.newInputStream(file)) {
            DataInputStream in = new DataInputStream(stream);
            int dimensions = readMagic(file, length, in);
            long header = 4 + 4L * dimensions;
            requireLength(file, length, header, "a header for " + dimensions + " dimensions");
            List<Integer> shape = readShape(file, in, dimensions);
            int count = count(file, shape);
            requireLength(file, length, header + count, "values " + shape + " after a header of " + header + " bytes");
            if (length > header + count) {
                throw new DataFormatException(
                        file,
                        "byte " + (header + count) + ": expected the end of the file after values " + shape + ", found "
                                + (length - header - count) + " more bytes");
            }
            byte[] values = in.readNBytes(count);
            requireLength(file, header + values.length, header + count, "values " + shape);
            return new IdxFile(file, shape, values);
        }
    }

    private static int readMagic(Path file, long length, DataInputStream in) throws IOException {
        requireLength(file, length, 4, "the four bytes at the start of an IDX file");
        int zeros = in.readUnsignedShort();
        if (zeros == GZIP) {
            throw new DataFormatException(file, "byte 0: expected an IDX file, found gzip; decompress it first");
        }
        if (zeros != 0) {
            throw new DataFormatException(
                    file, "byte 0: expected 00 00, the start of an IDX file, found %04x".formatted(zeros));
        }
        int type = in.readUnsignedByte();
        if (type != UNSIGNED_BYTE) {
            throw new DataFormatException(file, "byte 2: expected type 08 (unsigned byte), found %02x".formatted(type));
        }
        int dimensions = in.readUnsignedByte();
        if (dimensions == 0) {
            throw new DataFormatException(file, "byte 3: expected 1 or more dimensions, found 0");
        }
        return dimensions;
    }

    private static List<Integer> readShape(Path file, DataInputStream in, int dimensions) throws IOException {
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            int size = in.readInt();
            if (size < 0) {
                throw new DataFormatException(
                        file,
                        "byte " + (4 + 4 * i) + ": expected a size up to " + Integer.MAX_VALUE + ", found "
                                + Integer.toUnsignedString(size));
            }
            shape.add(size);
        }
        return Collections.unmodifiableList(shape);
    }

    private static int count(Path file, List<Integer> shape) throws DataFormatException {
        long count = 1;
        for (int i = 0; i < shape.size(); i++) {
            count *= shape.get(i);
            if (count > Integer.MAX_VALUE - 8) {
                throw new DataFormatException(
                        file, "byte " + (4 + 4 * i) + ": expected sizes that fit into an array, found " + shape);
            }
        }
        return (int) count;
    }

    private static void requireLength(Path file, long length, long expected, String what) throws DataFormatException {
        if (length < expected) {
            throw new DataFormatException(
                    file, "byte " + length + ": the file ends, expected " + expected + " bytes: " + what);
        }
    }

    /** Returns the file that was read. */
    public Path file() {
        return file;
    }

    /** Returns the size of each dimension: [60000, 28, 28]. */
    public List<Integer> shape() {
        return shape;
    }

    /** Returns the size of the header in bytes. The values follow it. */
    public int headerBytes() {
        return 4 + 4 * shape.size();
    }

    /** Returns the values as unsigned bytes, row-major. They are not a copy: a change to them changes this object. */
    public byte[] values() {
        return values;
    }
}
