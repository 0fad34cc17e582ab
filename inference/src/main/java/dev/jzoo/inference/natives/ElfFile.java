package dev.jzoo.inference.natives;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A shared library of 64-bit Linux, little endian, read just enough to list the libraries it needs.
 *
 * @see <a href="https://gabi.xinuos.com/elf/08-dynamic.html">System V ABI, "Dynamic Section"</a>
 */
final class ElfFile {

    private static final int MAGIC = 0x464C457F;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;

    /** Offsets in the file header, of its e_phoff, e_phentsize and e_phnum. */
    private static final int PROGRAM_HEADERS = 32;

    private static final int PROGRAM_HEADER_SIZE = 54;
    private static final int PROGRAM_HEADER_COUNT = 56;
    private static final int FILE_HEADER_SIZE = 64;

    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;

    private static final long NEEDED = 1;
    private static final long STRING_TABLE = 5;
    private static final long STRING_TABLE_SIZE = 10;

    /** A source of the library's bytes from the start. The library may be in a jar and too large for memory. */
    @FunctionalInterface
    interface Bytes {
        InputStream open() throws IOException;
    }

    /** A part of the file with its address in memory. */
    private record LoadSegment(int type, long offset, long address, long size) {
        boolean has(long where) {
            return where >= address && where < address + size;
        }
    }

    private final Bytes bytes;

    ElfFile(Bytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the names of its {@code DT_NEEDED} entries: "libcudart.so.12". Fails with IOException if it is not such a
     * library.
     */
    List<String> needed() throws IOException {
        List<LoadSegment> segments = segments();
        LoadSegment dynamic = segments.stream()
                .filter(segment -> segment.type == DYNAMIC)
                .findFirst()
                .orElseThrow(() -> new IOException("it has no dynamic section"));
        ByteBuffer entries = read(dynamic.offset, dynamic.size);
        List<Long> names = new ArrayList<>();
        long table = 0;
        long tableSize = 0;
        while (entries.remaining() >= 2 * Long.BYTES) {
            long tag = entries.getLong();
            long value = entries.getLong();
            if (tag == NEEDED) {
                names.add(value);
            } else if (tag == STRING_TABLE) {
                table = value;
            } else if (tag == STRING_TABLE_SIZE) {
                tableSize = value;
            }
        }
        ByteBuffer texts = read(offset(segments, table), tableSize);
        List<String> needed = new ArrayList<>();
        for (long name : names) {
            needed.add(text(texts, name));
        }
        return needed;
    }

    private List<LoadSegment> segments() throws IOException {
        ByteBuffer header = read(0, FILE_HEADER_SIZE);
        if (header.getInt(0) != MAGIC || header.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
            throw new IOException("it is not a shared library of 64-bit Linux");
        }
        int size = Short.toUnsignedInt(header.getShort(PROGRAM_HEADER_SIZE));
        int count = Short.toUnsignedInt(header.getShort(PROGRAM_HEADER_COUNT));
        ByteBuffer headers = read(header.getLong(PROGRAM_HEADERS), (long) size * count);
        List<LoadSegment> segments = new ArrayList<>();
        for (int at = 0; at + size <= headers.limit(); at += size) {
            segments.add(new LoadSegment(
                    headers.getInt(at), headers.getLong(at + 8), headers.getLong(at + 16), headers.getLong(at + 32)));
        }
        return segments;
    }

    private static long offset(List<LoadSegment> segments, long address) throws IOException {
        return segments.stream()
                .filter(segment -> segment.type == LOAD && segment.has(address))
                .map(segment -> segment.offset + address - segment.address)
                .findFirst()
                .orElseThrow(() -> new IOException("no segment contains its names"));
    }

    private ByteBuffer read(long offset, long size) throws IOException {
        if (size < 0 || size > 1 << 26) {
            throw new IOException("a part of it has " + size + " bytes");
        }
        try (InputStream in = bytes.open()) {
            in.skipNBytes(offset);
            byte[] part = in.readNBytes((int) size);
            if (part.length < size) {
                throw new EOFException("it is truncated");
            }
            return ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static String text(ByteBuffer texts, long at) throws IOException {
        if (at < 0 || at >= texts.limit()) {
            throw new IOException("a name is outside of its table");
        }
        int end = (int) at;
        while (end < texts.limit() && texts.get(end) != 0) {
            end++;
        }
        return new String(texts.array(), (int) at, end - (int) at, StandardCharsets.UTF_8);
    }
}
