package dev.jzoo.zoo.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Messages of protobuf, read field by field from a stream: what it takes to find a few fields of an ONNX file without a
 * library for protobuf. What nobody asks for is skipped, not read.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf, "Encoding"</a>
 */
public final class WireMessage {

    /** Takes the fields of a message, above all those that hold bytes: texts and messages. */
    @FunctionalInterface
    public interface FieldVisitor {
        /** The field's content may be read by {@link #text} or {@link #fields}; what is left of it is skipped. */
        void field(int number) throws IOException;

        /** A field that is a number: an integer, a truth value, an element of an enumeration. */
        default void number(int number, long value) {}
    }

    private final InputStream in;
    private long position;
    /** Where the content ends that is being read. */
    private long end = Long.MAX_VALUE;

    private WireMessage(InputStream in) {
        this.in = in;
    }

    /** A message from the first byte of a stream to its last. */
    public static WireMessage of(InputStream in) {
        return new WireMessage(in);
    }

    /**
     * Reads the fields of the message that lies here.
     *
     * @throws IOException where the bytes are no message
     */
    public void fields(FieldVisitor visitor) throws IOException {
        long outer = end;
        for (int first = first(); first >= 0; first = first()) {
            long tag = varint(first);
            switch ((int) (tag & 7)) {
                case 0 -> visitor.number((int) (tag >>> 3), varint(read()));
                case 1 -> skip(Long.BYTES);
                case 2 -> {
                    long length = varint(read());
                    if (length < 0 || length > outer - position) {
                        throw new EOFException("A field is longer than its message.");
                    }
                    end = position + length;
                    visitor.field((int) (tag >>> 3));
                    skip(end - position);
                    end = outer;
                }
                case 5 -> skip(Integer.BYTES);
                default -> throw new IOException("No wire type has the number " + (tag & 7) + ".");
            }
        }
    }

    /** Number of bytes of the content that lies here: a text may be longer than anybody wants it. */
    public long length() {
        return end - position;
    }

    /** The content that lies here as text. */
    public String text() throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(end - position, Integer.MAX_VALUE - 8));
        position += bytes.length;
        if (position != end) {
            throw new EOFException("A text ends early.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The first byte of a field; -1 behind the last. */
    private int first() throws IOException {
        if (position == end) {
            return -1;
        }
        int next = in.read();
        if (next < 0 && end < Long.MAX_VALUE) {
            throw new EOFException("A message ends early.");
        }
        position++;
        return next;
    }

    private int read() throws IOException {
        int next = position == end ? -1 : in.read();
        if (next < 0) {
            throw new EOFException("A number ends early.");
        }
        position++;
        return next;
    }

    private void skip(long bytes) throws IOException {
        if (bytes > end - position) {
            throw new EOFException("A field is longer than its message.");
        }
        in.skipNBytes(bytes);
        position += bytes;
    }

    private long varint(int first) throws IOException {
        long value = first & 0x7F;
        int next = first;
        for (int shift = 7; next >= 0x80; shift += 7) {
            if (shift >= Long.SIZE) {
                throw new IOException("A number has ten bytes at most.");
            }
            next = read();
            value |= (long) (next & 0x7F) << shift;
        }
        return value;
    }
}
