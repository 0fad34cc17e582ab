package dev.jzoo.zoo.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * The fields of messages of protobuf, for those who look for a few of them in a file of gigabytes: everything else is passed over, and
 * nothing is kept. Places are positions in the whole of the bytes.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, Encoding</a>
 */
public final class ProtobufFields {

    /** Sees the fields of a message in their order. */
    public interface FieldVisitor {

        /** A field of bytes, text or a message, which lies from one byte to before another. */
        void bytes(int number, long from, long to) throws IOException;

        /** A field that is a number. */
        default void varint(int number, long value) {}
    }

    /** The bytes break the format. */
    public static final class BrokenMessageException extends IOException {
        public BrokenMessageException(long position) {
            super("no message of protobuf at byte " + position);
        }
    }

    /** Reads bytes from a position on, as a FileChannel does. */
    private interface ByteSource {
        int read(ByteBuffer target, long position) throws IOException;
    }

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteSource source;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14).limit(0);
    private long bufferAt;

    private ProtobufFields(ByteSource source) {
        this.source = source;
    }

    /** Reads a file, which stays open. */
    public static ProtobufFields of(FileChannel file) {
        return new ProtobufFields(file::read);
    }

    /** Reads an array. */
    public static ProtobufFields of(byte[] bytes) {
        return new ProtobufFields((target, position) -> {
            int count = (int) Math.min(target.remaining(), bytes.length - position);
            if (count <= 0) {
                return -1;
            }
            target.put(bytes, (int) position, count);
            return count;
        });
    }

    /** Visits the fields of a message that lies from one byte to before another. The visitor may visit messages in it. */
    public void visit(long from, long to, FieldVisitor visitor) throws IOException {
        long at = from;
        while (at < to) {
            seek(at);
            long tag = varint();
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case VARINT -> {
                    long value = varint();
                    at = position();
                    visitor.varint(number, value);
                }
                case LENGTH_DELIMITED -> {
                    long length = varint();
                    long start = position();
                    if (length < 0 || length > to - start) {
                        throw new BrokenMessageException(start);
                    }
                    at = start + length;
                    visitor.bytes(number, start, at);
                }
                case EIGHT_BYTES -> at = position() + Long.BYTES;
                case FOUR_BYTES -> at = position() + Integer.BYTES;
                default -> throw new BrokenMessageException(position());
            }
        }
        if (at > to) {
            throw new BrokenMessageException(to);
        }
    }

    /** The text of a field. */
    public String text(long from, long to) throws IOException {
        seek(from);
        byte[] text = new byte[Math.toIntExact(to - from)];
        for (int i = 0; i < text.length; i++) {
            text[i] = next();
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BrokenMessageException(position());
    }

    private long position() {
        return bufferAt + buffer.position();
    }

    private void seek(long position) {
        if (position >= bufferAt && position <= bufferAt + buffer.limit()) {
            buffer.position((int) (position - bufferAt));
        } else {
            bufferAt = position;
            buffer.limit(0);
        }
    }

    private byte next() throws IOException {
        if (!buffer.hasRemaining()) {
            bufferAt = position();
            buffer.clear();
            int count = source.read(buffer, bufferAt);
            buffer.flip();
            if (count < 0) {
                throw new EOFException("ends at byte " + bufferAt);
            }
        }
        return buffer.get();
    }
}
