package dev.jzoo.export.dl4j.keras.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The type and the shape of an attribute or a dataset, and its values in Java.
 *
 * @param kind type of the elements
 * @param width bytes of an element
 * @param dims size of each axis; empty for one element
 */
record Hdf5Values(Kind kind, int width, long[] dims) {

    /** Types of elements that Keras writes. */
    enum Kind {
        FLOAT,
        FIXED_TEXT,
        VARIABLE_TEXT,
        OTHER
    }

    private static final int MOST_AXES = 32;

    /** Reads the bodies of a datatype and a dataspace message. */
    static Hdf5Values of(Hdf5File file, ByteBuffer datatype, ByteBuffer dataspace) throws IOException {
        if (datatype.remaining() < 8 || dataspace.remaining() < 4) {
            throw file.corrupt(0, "expected a datatype and a dataspace, found a truncated one");
        }
        int start = datatype.position();
        int width = datatype.getInt(start + 4);
        if (width <= 0) {
            throw file.corrupt(0, "expected elements of a supported size, found " + width + " bytes");
        }
        return new Hdf5Values(kind(datatype, start, width), width, dims(file, dataspace));
    }

    private static Kind kind(ByteBuffer datatype, int start, int width) {
        int bits = datatype.getInt(start) >>> 8;
        return switch (datatype.get(start) & 15) {
            case 1 -> isIeee(datatype, start, width) ? Kind.FLOAT : Kind.OTHER;
            case 3 -> Kind.FIXED_TEXT;
            case 9 -> (bits & 15) == 1 && width == 16 ? Kind.VARIABLE_TEXT : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    /** Returns whether a datatype is little-endian with the bits of IEEE 754 for half, single or double precision. */
    private static boolean isIeee(ByteBuffer datatype, int start, int width) {
        if (datatype.limit() - start < 20 || (datatype.get(start + 1) & 0x41) != 0) {
            return false;
        }
        int exponentAt = datatype.get(start + 12);
        int exponentBits = datatype.get(start + 13);
        int bias = datatype.getInt(start + 16);
        return width == 4 && exponentAt == 23 && exponentBits == 8 && bias == 127
                || width == 2 && exponentAt == 10 && exponentBits == 5 && bias == 15
                || width == 8 && exponentAt == 52 && exponentBits == 11 && bias == 1023;
    }

    private static long[] dims(Hdf5File file, ByteBuffer dataspace) throws IOException {
        int start = dataspace.position();
        int version = dataspace.get(start);
        int rank = Byte.toUnsignedInt(dataspace.get(start + 1));
        int at = start + (version == 1 ? 8 : 4);
        if (version == 2 && dataspace.get(start + 3) == 2) {
            return new long[] {0}; // "null": no elements
        }
        if (version < 1 || version > 2 || rank > MOST_AXES || dataspace.limit() < at + 8 * rank) {
            throw file.corrupt(
                    0,
                    "expected a dataspace of a supported version and rank, found version " + version + " with " + rank
                            + " axes");
        }
        long[] dims = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = dataspace.getLong(at + 8 * axis);
        }
        return dims;
    }

    /** Returns the number of elements. */
    int count(Hdf5File file) throws IOException {
        long count = 1;
        for (long dim : dims) {
            if (dim < 0 || dim > 0 && count > (Integer.MAX_VALUE - 8) / dim) {
                throw file.corrupt(0, "expected an array that fits into memory, found more elements");
            }
            count *= dim;
        }
        return (int) count;
    }

    /** Returns the number of bytes of all elements in the file. */
    long bytes(Hdf5File file) throws IOException {
        return (long) count(file) * width;
    }

    /** Returns the elements if they are text; empty for others. */
    List<String> texts(Hdf5File file, ByteBuffer data) throws IOException {
        List<String> texts = new ArrayList<>();
        if (kind == Kind.FIXED_TEXT || kind == Kind.VARIABLE_TEXT) {
            int count = count(file);
            if ((long) count * width > data.remaining()) {
                throw file.corrupt(0, "expected an attribute as long as its shape, found a shorter one");
            }
            for (int i = 0; i < count; i++) {
                int at = data.position() + i * width;
                texts.add(kind == Kind.FIXED_TEXT ? fixed(data, at) : variable(file, data, at));
            }
        }
        return texts;
    }

    private String fixed(ByteBuffer data, int at) {
        byte[] bytes = new byte[width];
        data.get(at, bytes);
        int length = 0;
        while (length < width && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Reads a text from a global heap; the element contains its length and its place in the heap. */
    private static String variable(Hdf5File file, ByteBuffer data, int at) throws IOException {
        long length = Integer.toUnsignedLong(data.getInt(at));
        long heap = data.getLong(at + 4);
        long index = Integer.toUnsignedLong(data.getInt(at + 12));
        if (length == 0) {
            return "";
        }
        ByteBuffer head = file.read(heap, 16, "GCOL");
        long end = head.getLong(8);
        for (long place = 16; place <= end - 16; ) {
            ByteBuffer object = file.read(heap + place, 16);
            int found = Short.toUnsignedInt(object.getShort(0));
            long size = object.getLong(8);
            if (found == 0 || size < 0 || size > end) {
                break;
            } else if (found == index) {
                ByteBuffer text = file.read(heap + place + 16, Math.min(size, length));
                return new String(text.array(), 0, text.limit(), StandardCharsets.UTF_8).replaceFirst("\0+$", "");
            }
            place += 16 + (size + 7) / 8 * 8;
        }
        throw file.corrupt(heap, "expected the object " + index + " in the global heap, found none");
    }
}
