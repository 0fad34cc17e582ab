package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A reader of protobuf messages, field by field, from a stream. It finds a few fields of an ONNX file without a protobuf library,
 * and skips all others without reading them.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf, "Encoding"</a>
 */
@Internal
public final class WireMessage {

    /** A visitor of a message's fields. */
    @FunctionalInterface
    public interface FieldVisitor {
        /**
         * Visits a field of bytes: a text or a message. {@link #text} or {@link #fields} may read its content; the rest is
         * skipped.
         */
        void field(int number) throws IOException;

        /** Visits a field that is a number: an integer, a truth value, an element of an enumeration. */
        default void number(int number, long value) {}
    }

    private final InputStream in;
    private long position;
    /** The position where the current content ends. */
    private long end = Long.MAX_VALUE;

    private WireMessage(InputStream in) {
        this.in = in;
    }

    /** Returns a message that spans a whole stream. */
    public static WireMessage of(InputStream in) {
        return new WireMessage(in);
    }

    /**
     * Reads the fields of the message at the current position.
     *
     * @throws IOException if the bytes are not a message
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
                default -> throw new IOException("There is no wire type " + (tag & 7) + ".");
            }
        }
    }

    /** Returns the number of bytes of the current content. Check it before reading a text, which may be very long. */
    public long length() {
        return end - position;
    }

    /** Returns the current content as text. */
    public String text() throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(end - position, Integer.MAX_VALUE - 8));
        position += bytes.length;
        if (position != end) {
            throw new EOFException("A text ends early.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the first byte of a field; -1 after the last field. */
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
                throw new IOException("A number has at most ten bytes.");
            }
            next = read();
            value |= (long) (next & 0x7F) << shift;
        }
        return value;
    }
}
