package dev.jzoo.inference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A writer of protobuf fields, the counterpart of {@link dev.jzoo.zoo.file.WireMessage}. */
final class WireBytes {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private WireBytes() {}

    /** Returns a field that holds a message. */
    static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        varint(field, number << 3 | LENGTH_DELIMITED);
        varint(field, content.length);
        field.writeBytes(content);
        return field.toByteArray();
    }

    /** Returns a field that holds a text. */
    static byte[] text(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a field that holds an integer. */
    static byte[] number(int number, long value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        varint(field, number << 3 | VARINT);
        varint(field, value);
        return field.toByteArray();
    }

    /** Joins fields in their order. */
    static byte[] join(byte[]... fields) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            joined.writeBytes(field);
        }
        return joined.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
